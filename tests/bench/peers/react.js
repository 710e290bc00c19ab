import Big from 'big.js';
import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Pill() {
  const [balance, setBalance] = useState(null);
  useEffect(() => {
    fetch('/wp-json/nivella-credits/v1/balance').then((r) => r.json()).then(setBalance);
  }, []);
  if (!balance) return null;
  const whole = new Big(balance.available).round(0, 0);
  const text = `${new Intl.NumberFormat('en').format(whole.toFixed())} Credits`;
  return createElement('span', null, text);
}
createRoot(document.querySelector('peer-pill')).render(createElement(Pill));
