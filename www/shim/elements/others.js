/** Defines the elements beside the pill. */
import { BuyCredits } from './buy.js';
import { OrderCredits } from './order-credits.js';
import { PurchaseResult } from './result.js';
import { CreditToast } from './toast.js';
import { UsageDashboard } from './dashboard.js';

UsageDashboard.open = async (host) => (await import('../usage-source.js')).openUsage(host);

export function defineOthers() {
  /** @type {Record<string, CustomElementConstructor>} */
  const elements = {
    'nivella-buy-credits': BuyCredits,
    'nivella-credit-toast': CreditToast,
    'nivella-order-credits': OrderCredits,
    'nivella-purchase-result': PurchaseResult,
    'nivella-usage-dashboard': UsageDashboard,
  };
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
