/** Plain English without `Intl` reads exactly as with it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { englishForm, isPlainEnglish, withCommas } from '../../www/shim/plain-english.js';

const COUNTS = [0, 1, 2, 9, 10, 99, 100, 999, 1000, 1001, 2341, 9999, 10_000, 99_999, 100_000];
const LARGE = [999_999, 1_000_000, 123_456_789, 1_000_000_000_000, Number.MAX_SAFE_INTEGER];

for (const tag of ['en', 'en-US', 'en-GB', 'en-CA', 'en-AU']) {
  test(`${tag}: numbers and plural forms are those of Intl`, () => {
    assert.ok(isPlainEnglish(tag));
    const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 6 });
    const plural = new Intl.PluralRules(tag);
    for (const count of [...COUNTS, ...LARGE]) {
      assert.equal(withCommas(count), numbers.format(count));
      assert.equal(englishForm(count), plural.select(count), String(count));
      if (count > 0) assert.equal(withCommas(-count), numbers.format(-count));
    }
  });
}

test('where numbers are written in another way, Intl is asked', () => {
  for (const tag of ['en-IN', 'en-ZA', 'en-CH', 'de', 'ar', 'pl', 'en-u-nu-arab', 'EN', '']) {
    assert.ok(!isPlainEnglish(tag), tag);
  }
});
