/**
 * Keeps what was bought: the chat greets the returning buyer with it, beside the message that was
 * kept. It stands before the elements' script, and so hears what they say first.
 */
import { keep } from './memory.js';

document.addEventListener('nivella:credits-purchased', (event) => {
  keep('added', { credits: event.detail.credits });
});
