import Big from 'big.js';
import { h, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';

function Pill() {
  const [balance, setBalance] = useState(null);
  useEffect(() => {
    fetch('/wp-json/nivella-credits/v1/balance').then((r) => r.json()).then(setBalance);
  }, []);
  if (!balance) return null;
  const whole = new Big(balance.available).round(0, 0);
  return h('span', null, `${new Intl.NumberFormat('en').format(whole.toFixed())} Credits`);
}
render(h(Pill), document.querySelector('peer-pill'));
