/** The embedded store's tests once more, on the engine that is shipped. */
import { test } from 'node:test';

process.env.NIVELLA_ENGINE = 'module';
const { built } = await import('./engine.js');

if (built) {
  await import('./embedded-ledger.test.js');
  await import('./embedded-shop.test.js');
  await import('./embedded-usage.test.js');
  await import('./embedded-history.test.js');
} else {
  test(
    'the embedded store on the module',
    { skip: 'not built: node pkg/build/build.mjs' },
    () => {},
  );
}
