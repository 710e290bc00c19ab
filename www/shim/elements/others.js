/** Defines the elements beside the pill. */
import { BuyCredits } from './buy.js';
import { PurchaseResult } from './result.js';
import { CreditToast } from './toast.js';

export function defineOthers() {
  /** @type {Record<string, CustomElementConstructor>} */
  const elements = {
    'nivella-buy-credits': BuyCredits,
    'nivella-credit-toast': CreditToast,
    'nivella-purchase-result': PurchaseResult,
  };
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
