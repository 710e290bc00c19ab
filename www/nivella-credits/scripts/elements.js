/** Defines the elements beside the pill, whether the page has one of them already or not. */
import { define } from 'nivella-credits';

define();
