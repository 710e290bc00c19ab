/** Values as no honest caller sends them: near to true ones, or with what only JavaScript has. */

/** A random source that follows from its seed alone. @param {number} seed */
export function randomFrom(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let n = 0; n < 8; n += 1) next();
  /** @param {number} end */
  const below = (end) => next() % Math.max(end, 1);
  /** @template T @param {readonly T[]} all @returns {T} */
  const pick = (all) => all[below(all.length)];
  return { below, pick };
}

/** @typedef {ReturnType<typeof randomFrom>} Random */

const texts = [
  '', '0', '-0', '-1', '1.5', '1e5', 'NaN', '0.0000001', '999999999999.999999', '1000000000001',
  '9223372036854.775808', '99999999999999999999999', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z',
  'grant', 'use', 'hold', 'batch', 'strict', '__proto__', '\ud800', '\u0000', '🎈'.repeat(99),
  '9'.repeat(70_000), 'a'.repeat(200),
];

const throwing = () =>
  Object.defineProperty({}, 'version', {
    enumerable: true,
    get() {
      throw new TypeError('no');
    },
  });

function cyclic() {
  /** @type {Record<string, any>} */
  const value = { version: 1 };
  value.grants = [value];
  value.self = value;
  return value;
}

/** @param {number} depth */
function deep(depth) {
  /** @type {any} */
  let value = '1';
  for (let n = 0; n < depth; n += 1) value = n % 2 ? [value] : { items: value };
  return value;
}

const polluted = () => JSON.parse('{"__proto__": {"op": "use"}, "constructor": 1, "op": "touch"}');

/** @type {((random: Random) => any)[]} */
const kinds = [
  ({ pick }) => pick(texts),
  ({ pick }) => pick([NaN, Infinity, -Infinity, -0, 0, 1, -1, 1.5, 2 ** 53, 2 ** 64, -(2 ** 63)]),
  ({ pick }) => pick([null, undefined, true, false, 10n, 2n ** 70n, Symbol('no'), () => 1]),
  ({ pick }) => pick([[], {}, new Date(0), new Map([[1, 2]]), new Uint8Array(9), new Array(9)]),
  ({ pick }) => pick([throwing, cyclic, polluted, () => Object.create(null)])(),
  ({ below }) => deep(below(40)),
  ({ pick, below }) => new Array(below(3) ? 5 : 100_001).fill(pick(texts.slice(0, 9))),
  () => new Proxy({}, { ownKeys: () => ['a', 'a'].slice(1), get: () => 'x' }),
];

/** @param {Random} random */
export const anything = (random) => random.pick(kinds)(random);

/**
 * A copy of a true value with one to four changes.
 * @param {any} value
 * @param {Random} random
 */
export function mutated(value, random) {
  let copy = structuredClone(value);
  for (let n = 0; n <= random.below(4); n += 1) copy = change(copy, random);
  return copy;
}

/** @param {any} value @param {Random} random @returns {any} */
function change(value, random) {
  const inner = value !== null && typeof value === 'object' && random.below(8) > 0;
  const keys = inner ? Object.keys(value) : [];
  if (keys.length === 0) return anything(random);
  const key = random.pick(keys);
  if (random.below(6) === 0) delete value[key];
  else if (random.below(12) === 0) value[random.pick(texts.slice(0, 20))] = anything(random);
  else value[key] = change(value[key], random);
  return value;
}

/**
 * A file with some bytes changed, left out or put in.
 * @param {Buffer} file
 * @param {Random} random
 */
export function broken(file, random) {
  let bytes = Buffer.from(file);
  for (let n = random.below(6); n > 0; n -= 1) {
    const place = random.below(bytes.length);
    const kind = random.below(3);
    if (kind === 0) bytes[place] = random.below(256);
    else {
      const more = kind === 1 ? Buffer.from(random.pick(['"', ',', '\r\n', '\0', '=', '9'])) : [];
      const rest = bytes.subarray(place + random.below(kind === 1 ? 1 : 30));
      bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(more), rest]);
    }
  }
  return bytes;
}
