/**
 * Builds the npm package in `pkg`: `node pkg/build/build.mjs [glue | bench]`.
 *
 * Without an argument all that is shipped, and its copy in the plugin; `glue` stops before the
 * scripts are bundled; `bench` adds the module with the loops of `make bench`.
 */
import { copyFileSync } from 'node:fs';
import { copyAssets } from './assets.mjs';
import { bundle } from './bundle.mjs';
import { writeLocales } from './messages.mjs';
import { at, glue, pkg } from './paths.mjs';
import { step } from './step.mjs';
import { compileTranslations, shipped } from './translations.mjs';
import { buildModule } from './wasm.mjs';

const what = process.argv[2];

await buildModule('pill');
await buildModule('app');
await buildModule('engine');
await buildModule('usage');
if (what === 'bench') await buildModule('bench');
if (what !== 'glue') {
  const inputs = ['pkg/build', 'www/shim', 'www/messages.json', 'package-lock.json'];
  const glues = ['pill', 'app', 'engine', 'usage'].map((name) => `${glue}/${name}/${name}.js`);
  const assets = at('www/nivella-credits/assets/build.json');
  const outputs = [`${pkg}/nivella-credits.js`, `${pkg}/locales`, assets];
  const all = [...inputs.map((path) => at(path)), ...glues];
  for (const license of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    copyFileSync(at(license), at('pkg', license));
  }
  const messages = at('www/nivella-credits/languages/messages.php');
  const texts = [at('www/messages.json'), at('pkg/build'), ...shipped()];
  await step({ name: 'translations', inputs: texts, outputs: [messages] }, compileTranslations);
  await step({ name: 'scripts', inputs: all, outputs }, async () => {
    writeLocales();
    await bundle();
    copyAssets();
  });
}
