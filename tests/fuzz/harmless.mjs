/** What the fuzz tests of the modules share: how many inputs, and what may be thrown. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../pkg/build/paths.mjs';

export const INPUTS = Number(process.env.NIVELLA_FUZZ_MODULE ?? 20_000);
export const SEED = Number(process.env.NIVELLA_FUZZ_SEED ?? 1);

const { codes } = JSON.parse(readFileSync(at('tests/vectors/error_codes.json'), 'utf8'));
const known = new Set(codes.map((/** @type {{ code: string }} */ row) => row.code));

export const moduleOf = (/** @type {string} */ name) =>
  readFileSync(at('target/glue', name, `${name}_bg.wasm`));

/**
 * What a call throws must be a refusal of ours with a code of the list, or JavaScript's own
 * TypeError for a value that it cannot hand over, such as a symbol where a number is taken.
 * @param {() => unknown} call
 * @param {string} where
 * @returns {boolean} whether it was accepted
 */
export function harmless(call, where) {
  try {
    call();
    return true;
  } catch (thrown) {
    const error = /** @type {any} */ (thrown);
    assert.ok(!(error instanceof WebAssembly.RuntimeError), `a trap: ${where}`);
    const ours = error?.name === 'NivellaError' && known.has(error.code);
    assert.ok(ours || error instanceof TypeError, `${where}: ${error}`);
    return false;
  }
}
