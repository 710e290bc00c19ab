/** A language that the module does not bring, as its store has it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translated } from '../../www/shim/translated.js';

/** @param {unknown} texts @param {number} [status] */
function serve(texts, status = 200) {
  globalThis.fetch = async () => new Response(JSON.stringify(texts), { status });
}
const element = /** @type {any} */ ({ getAttribute: () => '/texts' });
const PLAIN = { 'pill.none': 'x' };

/** What WordPress sends: the form of each of some numbers. */
const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 10, 11, 20, 21, 100, 101, 102, 103, 1_000_000];
/** @param {(number: number) => string} form */
const forms = (form) => Object.fromEntries(NUMBERS.map((number) => [number, form(number)]));

const LANGUAGES = /** @type {[string, (number: number) => string, Record<number, string>][]} */ ([
  ['fr', (n) => (n < 2 ? 'un' : 'des'), { 0: 'un', 1: 'un', 2: 'des', 17: 'des' }],
  ['cs', (n) => (n === 1 ? 'a' : n > 1 && n < 5 ? 'b' : 'c'), { 1: 'a', 3: 'b', 0: 'c', 30: 'c' }],
  ['ja', () => 'only', { 0: 'only', 1: 'only', 99: 'only' }],
]);
for (const [name, form, expected] of LANGUAGES) {
  test(`plural forms in ${name}`, async () => {
    serve({ ...PLAIN, 'pill.balance': forms(form) });
    const messages = /** @type {any} */ (await translated(name, element));
    assert.equal(messages['pill.none'], 'x');
    const rules = new Intl.PluralRules(name);
    for (const [count, text] of Object.entries(expected)) {
      const own = messages['pill.balance'];
      assert.equal(own[rules.select(Number(count))] ?? own.other, text, count);
    }
  });
}

test('texts that cannot be had are none', async () => {
  serve({}, 404);
  assert.equal(await translated('fr', element), null);
});
