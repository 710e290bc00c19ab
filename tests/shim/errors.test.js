import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CODES, NivellaError, toNivellaError } from '../../www/shim/errors.js';

const vectors = new URL('../vectors/error_codes.json', import.meta.url);

test('the table of codes equals the vectors', { skip: !existsSync(vectors) }, () => {
  const { codes } = JSON.parse(readFileSync(vectors, 'utf8'));
  const names = codes.map((/** @type {any} */ each) => each.code ?? each);
  assert.deepEqual([...CODES], names);
});

test('the table of codes equals the one in src/error.rs', () => {
  const source = readFileSync(new URL('../../src/error.rs', import.meta.url), 'utf8');
  const names = [...source.matchAll(/ = "([a-z_]+)", \d{3};/g)].map(([, name]) => name);
  assert.ok(names.length > 30);
  assert.deepEqual([...CODES], names);
});

test('an error of ours stays the same object', () => {
  const error = new NivellaError('rate_not_found', 'no rate', { field: 'model' });
  assert.equal(toNivellaError(error), error);
});

test('an error of the module keeps its code, field and details', () => {
  const thrown = Object.assign(new Error('too small'), {
    name: 'NivellaError',
    code: 'insufficient_credits',
    field: 'amount',
    details: { short_by: '0.4' },
  });
  const error = toNivellaError(thrown);
  assert.ok(error instanceof NivellaError && error instanceof Error);
  const { name, code, field, details, message } = error;
  assert.deepEqual(
    { name, code, field, details, message },
    {
      name: 'NivellaError',
      code: 'insufficient_credits',
      field: 'amount',
      details: { short_by: '0.4' },
      message: 'too small',
    },
  );
});

const MEANINGS = /** @type {const} */ ([
  ['a trap', new WebAssembly.RuntimeError('unreachable'), 'module_trapped'],
  ['no wasm here', new WebAssembly.CompileError('csp'), 'module_unavailable'],
  ['a full disk', new DOMException('full', 'QuotaExceededError'), 'storage_unavailable'],
  ['a time-out', new DOMException('late', 'TimeoutError'), 'store_unreachable'],
  ['a code that is not ours', Object.assign(new Error(), { name: 'NivellaError', code: 'x' }), ''],
  ['a string', 'oops', ''],
  ['nothing', undefined, ''],
  ['a hostile object', JSON.parse('{"__proto__":{"code":"forbidden"},"name":1}'), ''],
]);

for (const [what, thrown, code] of MEANINGS) {
  test(`${what} becomes a coded error`, () => {
    const error = toNivellaError(thrown, 'store_answer_invalid');
    assert.equal(error.code, code || 'store_answer_invalid');
    assert.ok(CODES.has(error.code));
  });
}
