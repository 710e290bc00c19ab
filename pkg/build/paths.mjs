/** Where things lie. What the build makes is in `target`, or in `pkg` and git-ignored. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {...string} parts from the repo's top @returns {string} */
export const at = (...parts) => resolve(root, ...parts);

/** What cargo builds; other tools' `CARGO_TARGET_DIR` is respected. */
export const cargoTarget = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

export const target = at('target');
export const glue = at('target/glue');
export const pkg = at('pkg');
