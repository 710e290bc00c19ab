/**
 * Runs the project's checks one after the other: `node tests/run.mjs check | all | stress`.
 *
 * A part that fails does not stop the others; all failures are repeated at the end, and the last
 * line counts everything that any runner counted.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, root } from '../pkg/build/paths.mjs';

/** @typedef {{ name: string, command: string[], env?: Record<string, string> }} Part */
/** @typedef {{ name: string, ok: boolean, passed: number, failed: number, seconds: number }} Did */

const wasm = ['--target', 'wasm32-unknown-unknown', '--lib'];
const clippy = ['cargo', 'clippy', '--locked', '--quiet'];
const strict = ['--', '-D', 'warnings'];
// A test that panics has failed, as it should; its floats are figures, not amounts.
const testsMay = ['unwrap_used', 'expect_used', 'panic', 'indexing_slicing', 'float_arithmetic']
  .flatMap((lint) => ['-A', `clippy::${lint}`]);

/** @param {string} suite of tests/php/phpunit.xml */
const phpunit = (suite) => ['phpunit', '-c', 'tests/php', '--testsuite', suite];

/** @type {Part[]} */
const check = [
  { name: 'format', command: ['cargo', 'fmt', '--check'] },
  { name: 'lints', command: [...clippy, ...strict] },
  { name: 'lints of tests', command: [...clippy, '--tests', ...strict, ...testsMay] },
  { name: 'lints pill', command: [...clippy, ...wasm, '--features', 'pill', ...strict] },
  { name: 'lints app', command: [...clippy, ...wasm, '--features', 'app', ...strict] },
  { name: 'lints engine', command: [...clippy, ...wasm, '--features', 'engine,bench', ...strict] },
  { name: 'lints usage', command: [...clippy, ...wasm, '--features', 'usage', ...strict] },
  { name: 'build', command: ['node', 'pkg/build/build.mjs', 'bench'] },
  { name: 'types', command: ['node_modules/.bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of tools', command: ['node_modules/.bin/tsc', '-p', 'tests/tsconfig.json'] },
  { name: 'php lint', command: phpunit('lint') },
  {
    name: 'tidy',
    command: ['cargo', 'test', '--locked', '--quiet', '--test', 'tidy'],
    env: { RUST_BACKTRACE: '0' },
  },
];

/** @param {string} folder @returns {string[]} test files, each folder's in order */
function testFiles(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return testFiles(path);
      return /\.test\.m?js$/.test(path) ? [relative(root, path)] : [];
    });
}

/** A share of the plugin's tests, where what brings SQLite to WordPress is at hand. */
function onSqlite() {
  const share = 'BooksTest|SqlStoreTest|OutboxTest|WooGrantsTest|WooReversalsTest|SiteNoticesTest';
  const command = ['node', 'tests/php/wordpress.mjs', '--filter', share];
  return process.env.SQLITE_DIR ? [{ name: 'php sqlite', command }] : [];
}

/** @returns {Part[]} */
function all() {
  const files = testFiles(at('tests'));
  const inBrowser = (/** @type {string} */ file) => /^tests\/(browser|npm)\//.test(file);
  const node = ['node', '--test', '--test-reporter=spec'];
  return [
    // The crate's tests have the tidy one among them.
    ...check.filter((part) => part.name !== 'tidy'),
    { name: 'crate', command: ['cargo', 'test', '--locked', '--no-fail-fast'] },
    onWasm(),
    { name: 'php ledger', command: phpunit('ledger') },
    {
      name: 'php wordpress',
      command: ['node', 'tests/php/wordpress.mjs'],
      env: { SQLITE_DIR: '' },
    },
    ...onSqlite(),
    { name: 'scripts', command: [...node, ...files.filter((file) => !inBrowser(file))] },
    // One browser at a time: two cores are soon a bottleneck that looks like a fault.
    {
      name: 'browser',
      command: [...node, '--test-concurrency=1', ...files.filter(inBrowser)],
    },
    { name: 'size', command: ['node', 'tests/bench/size.mjs'] },
  ];
}

/**
 * The crate's own tests, compiled for wasm32. What looks at the repo or counts on long runs stays
 * native; property tests take fewer cases, since a case costs more here.
 * @returns {Part}
 */
function onWasm() {
  const programs = readdirSync(at('tests'))
    .filter((name) => name.endsWith('.rs') && !['tidy.rs', 'fuzz.rs'].includes(name))
    .flatMap((name) => ['--test', name.slice(0, -3)]);
  return {
    name: 'crate on wasm32',
    command: ['cargo', 'test', '--locked', '--target', 'wasm32-wasip1', ...programs],
    env: {
      CARGO_TARGET_WASM32_WASIP1_RUNNER: 'node --no-warnings tests/wasm/wasi.mjs',
      // Without a feature the browser's part is all unused here; the lints see it with its own.
      CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS: '-Awarnings',
      PROPTEST_CASES: '32',
      NIVELLA_SEEDS: '20',
    },
  };
}

const release = ['cargo', 'test', '--locked', '--release', '--test'];
/** Fast, and still with the checks that a wrong sum or a wrong assumption stops. */
const checked = {
  CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS: 'true',
  CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS: 'true',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
};
const shown = ['--', '--nocapture'];
/** @type {Part[]} */
const stress = [
  {
    name: 'histories',
    command: [...release, 'model', ...shown],
    env: { ...checked, NIVELLA_SEEDS: '10000' },
  },
  ...check.filter((part) => part.name === 'build'),
  {
    name: 'php and rust',
    command: ['node', '--test', '--test-reporter=spec', 'tests/php/ledger/differential.test.mjs'],
    env: { NIVELLA_SEEDS: '10000' },
  },
  {
    name: 'php wordpress',
    command: ['node', 'tests/php/wordpress.mjs'],
    env: { NIVELLA_FULL: '1' },
  },
  { name: 'php bench', command: ['node', 'tests/php/bench.mjs'] },
  {
    name: 'fuzz',
    command: [...release, 'fuzz', ...shown],
    env: { ...checked, NIVELLA_FUZZ_INPUTS: '10000000', NIVELLA_FUZZ_SEED: String(Date.now()) },
  },
];

/**
 * What a runner says it counted: cargo's, node's and PHPUnit's lines, and our own
 * `N passed, N failed`.
 * @param {string} text
 */
export function counted(text) {
  let passed = 0;
  let failed = 0;
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  const pairs = /(?:^test result: .*? |^)(\d+) passed[,;] (\d+) failed/gm;
  for (const [, good, bad] of plain.matchAll(pairs)) {
    passed += Number(good);
    failed += Number(bad);
  }
  for (const [, kind, number] of plain.matchAll(/^\S+ (pass|fail|cancelled) (\d+)$/gm)) {
    if (kind === 'pass') passed += Number(number);
    else failed += Number(number);
  }
  for (const [, tests] of plain.matchAll(/^OK \((\d+) tests?, /gm)) passed += Number(tests);
  for (const [line, tests] of plain.matchAll(/^Tests: (\d+), Assertions: .*$/gm)) {
    const of = (/** @type {RegExp} */ kinds) =>
      [...line.matchAll(kinds)].reduce((sum, [, number]) => sum + Number(number), 0);
    const wrong = of(/(?:Errors|Failures|Warnings|Risky): (\d+)/g);
    passed += Number(tests) - wrong - of(/(?:Skipped|Incomplete): (\d+)/g);
    failed += wrong;
  }
  return { passed, failed };
}

/** @param {Part} part @returns {Promise<Did>} */
async function run({ name, command: [program, ...args], env }) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    said += text;
    process.stdout.write(text);
  });
  const [status] = await once(child, 'close');
  const { passed, failed } = counted(said);
  const ok = status === 0 && failed === 0;
  const seconds = (performance.now() - started) / 1000;
  // A part without a count of its own is one check.
  const alone = passed + failed === 0;
  return {
    name,
    ok,
    passed: alone && ok ? 1 : passed,
    failed: ok ? 0 : Math.max(failed, 1),
    seconds,
  };
}

/** @param {Part[]} parts */
async function runAll(parts) {
  /** @type {Did[]} */
  const results = [];
  for (const part of parts) results.push(await run(part));
  console.log('');
  for (const { name, ok, passed, failed, seconds } of results) {
    const outcome = ok ? 'ok' : `FAILED (${failed})`;
    console.log(`${name.padEnd(16)}${seconds.toFixed(1).padStart(7)} s  ${outcome}, ${passed}`);
  }
  const sum = (/** @type {'passed' | 'failed'} */ what) =>
    results.reduce((total, result) => total + result[what], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

const suites = { check: () => check, all, stress: () => stress };
const chosen = process.argv[2];
if (chosen === 'check' || chosen === 'all' || chosen === 'stress') {
  await runAll(suites[chosen]());
} else {
  console.error('node tests/run.mjs check | all | stress');
  process.exitCode = 2;
}
