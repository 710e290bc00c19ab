/** What people type into a form of ours, as a plain decimal. */

/**
 * `1.5` of `1,5` or `١٫٥`; empty where it is no number above zero.
 * @param {string} typed
 * @param {RegExp} [form]
 */
export function plainDecimal(typed, form = /^\d{1,12}(\.\d{1,6})?$/) {
  const plain = typed.trim()
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[,\u066b]/, '.');
  return form.test(plain) && /[1-9]/.test(plain) ? plain : '';
}

/**
 * Says at a field what is wrong with it, once it is left behind.
 * @param {HTMLInputElement} input
 * @param {string} problem empty where all is well
 */
export function refuse(input, problem) {
  input.setCustomValidity(problem);
  input.toggleAttribute('aria-invalid', false);
  if (!problem) return;
  input.setAttribute('aria-invalid', 'true');
  input.reportValidity();
  input.addEventListener('input', () => {
    input.setCustomValidity('');
    input.removeAttribute('aria-invalid');
  }, { once: true });
}
