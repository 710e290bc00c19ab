import Big from 'big.js';

class Pill extends HTMLElement {
  async connectedCallback() {
    const balance = await (await fetch('/wp-json/nivella-credits/v1/balance')).json();
    const whole = new Big(balance.available).round(0, 0);
    const text = new Intl.NumberFormat('en').format(whole.toFixed());
    this.textContent = `${text} Credits`;
  }
}
customElements.define('peer-pill', Pill);
