/** From the crate to `pkg/<module>.wasm` and its glue in `target/glue/<module>`. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at, cargoTarget, glue, pkg, root } from './paths.mjs';
import { shrink } from './shrink.mjs';
import { step } from './step.mjs';

/**
 * @typedef {object} Module
 * @property {string} features
 * @property {string} optLevel
 * @property {number} stackKib
 * @property {boolean} ship
 * @property {string[]} [flags] more options for LLVM
 * @property {string[]} [passes] more options for `wasm-opt`
 */

/** What is known on one way is computed ahead on the others: 0.4 KB in a large module. */
const notAhead = ['-enable-pre=0', '-enable-load-pre=0'];

/** A long function is packed worse where it is called than on its own: 0.6 KB in a large module. */
const apart = '--one-caller-inline-max-function-size=100';

/**
 * The modules that are built from the crate, by feature, each at the level that was measured to
 * serve it best: the pill is smallest at 3, where all is inlined and the panics are gone; the app
 * and the engine at `z`, where the engine still keeps its budgets of time. `bench` is the engine
 * with the loops. `ship` puts the module beside the scripts; the pill's is in its script.
 * `stackKib` is the module's stack; the default of 1 MiB alone would be all the memory that a pill
 * may take.
 * @type {Record<string, Module>}
 */
export const modules = {
  pill: { features: 'pill', optLevel: '3', stackKib: 128, ship: false },
  app: { features: 'app', optLevel: 'z', stackKib: 512, ship: true },
  engine: { features: 'engine', optLevel: 'z', stackKib: 512, ship: true },
  usage: {
    features: 'usage',
    optLevel: 'z',
    stackKib: 512,
    ship: true,
    flags: notAhead,
    passes: [apart],
  },
  bench: { features: 'engine,bench', optLevel: 'z', stackKib: 512, ship: false },
};

/**
 * What `z` leaves too large by LLVM's own measure: loops get extra variables, and functions stay
 * apart that are smaller where they are called. 2 % of a module.
 */
const smaller = ['-disable-lsr', '-inline-threshold=15'];

const wasmTarget = 'wasm32-unknown-unknown';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function run(program, args, env = {}) {
  const all = { ...process.env, ...env };
  const { status } = spawnSync(program, args, { cwd: root, env: all, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`failed: ${program} ${args.join(' ')}`);
  process.exit(1);
}

/** Panics name source files: no machine's folders in a module that others load. */
function remapped() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const flags = [`--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${root}=`];
  return flags.join('\x1f');
}

/** The generator of the glue, built once from its own lock file. @returns {string} */
export function bindgen() {
  const manifest = at('pkg/build/bindgen/Cargo.toml');
  const folder = join(cargoTarget, 'bindgen');
  const args = ['build', '--release', '--locked', '--quiet'];
  run('cargo', [...args, '--manifest-path', manifest, '--target-dir', folder]);
  return join(folder, 'release/nivella-bindgen');
}

/**
 * Glue and types for a compiled module, and the module itself made small.
 * @param {string} compiled
 * @param {string} folder
 * @param {string} name
 * @param {string[]} passes more options for `wasm-opt`
 */
export function glueFor(compiled, folder, name, passes) {
  mkdirSync(folder, { recursive: true });
  run(bindgen(), [compiled, folder, name]);
  shrink(join(folder, `${name}_bg.wasm`), join(folder, `${name}.js`), name, passes);
}

/** Everything that decides what a module is. */
const inputs = [
  'src',
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain.toml',
  'pkg/build',
  'package-lock.json',
];

/** @param {string} name a key of `modules` */
export async function buildModule(name) {
  const { features, optLevel, stackKib, ship, flags = [], passes = [] } = modules[name];
  const folder = join(glue, name);
  const outputs = [join(folder, `${name}.js`), ...(ship ? [join(pkg, `${name}.wasm`)] : [])];
  // Cargo itself would link again whenever another module was linked before, to the same name.
  await step({ name: `${name}.wasm`, inputs: inputs.map((path) => at(path)), outputs }, () => {
    const args = ['--release', '--locked', '--lib', '--quiet', '--target', wasmTarget];
    const more = ['--features', features, '--target-dir', cargoTarget, '--crate-type', 'cdylib'];
    const link = ['--', `-Clink-arg=-zstack-size=${stackKib * 1024}`];
    const llvm = optLevel === 'z' ? [...smaller, ...flags] : flags;
    link.push(...llvm.map((flag) => `-Cllvm-args=${flag}`));
    run('cargo', ['rustc', ...args, ...more, ...link], {
      CARGO_PROFILE_RELEASE_OPT_LEVEL: optLevel,
      CARGO_ENCODED_RUSTFLAGS: remapped(),
    });
    glueFor(join(cargoTarget, wasmTarget, 'release/nivella_credits.wasm'), folder, name, passes);
    if (ship) copyFileSync(join(folder, `${name}_bg.wasm`), join(pkg, `${name}.wasm`));
  });
}
