/**
 * `make bench-peers`: what the same live pill weighs when it is made with other libraries, as one
 * finished bundle each. Its output, with the date, is kept in tests/bench/peers.md; it is no part
 * of any test, since it installs the libraries of the day.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { at } from '../../pkg/build/paths.mjs';

const folder = at('target/peers');
const libraries = ['big.js', 'preact', 'lit', 'react', 'react-dom'];

/** @param {string | Buffer} content */
function sizes(content) {
  const bytes = Buffer.from(content);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const compressed = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes, { params })];
  return [bytes, ...compressed].map((content) => content.length);
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
execFileSync('npm', ['install', ...quiet, ...libraries], { cwd: folder, stdio: 'inherit' });

/** @param {string} name */
function versionOf(name) {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

console.log(`${new Date().toISOString().slice(0, 10)}, brotli 11 and gzip 9 of minified bundles`);
console.log(libraries.map((name) => `${name} ${versionOf(name)}`).join(', '));
console.log('\n| pill made with | raw | gzip | brotli |\n|---|---|---|---|');
for (const file of readdirSync(at('tests/bench/peers')).sort()) {
  copyFileSync(at('tests/bench/peers', file), join(folder, file));
  const bundled = await rolldown({
    input: join(folder, file),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundled.generate({ format: 'esm', minify: true });
  await bundled.close();
  const [raw, gzip, brotli] = sizes(output[0].code);
  console.log(`| ${file.replace('.js', '')} + big.js | ${raw} | ${gzip} | ${brotli} |`);
}
const files = ['nivella-credits.js'];
const ours = files.map((name) => sizes(readFileSync(at('pkg', name))));
const sums = [0, 1, 2].map((column) => ours.reduce((sum, row) => sum + row[column], 0));
console.log(`| ours: script and module, with menu, languages and themes | ${sums.join(' | ')} |`);
