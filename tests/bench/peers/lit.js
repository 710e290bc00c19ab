import Big from 'big.js';
import { html, LitElement } from 'lit';

class Pill extends LitElement {
  static properties = { balance: { state: true } };

  async connectedCallback() {
    super.connectedCallback();
    this.balance = await (await fetch('/wp-json/nivella-credits/v1/balance')).json();
  }

  render() {
    if (!this.balance) return html``;
    const whole = new Big(this.balance.available).round(0, 0);
    return html`${new Intl.NumberFormat('en').format(whole.toFixed())} Credits`;
  }
}
customElements.define('peer-pill', Pill);
