/** The embedded store's tests once more, on the engine that is shipped. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

process.env.NIVELLA_ENGINE = 'module';
const { built } = await import('./engine.js');

if (built) {
  const { createBrowser } = await import('./embedded.js');
  test('the statement has every entry with its digest, and no model tokens', async () => {
    const { ledger, controls } = await createBrowser({ months: 4 }).tab();
    await controls.settle();
    const { account } = (await ledger.balance()).snapshot ?? {};
    const text = await new Response(await ledger.statement()).text();
    const { head, entries, closing, seal } = JSON.parse(text);
    assert.deepEqual([head.account, closing.available], [account, '2341']);
    assert.equal(entries.length, (await ledger.usage()).through_seq);
    assert.equal(entries.at(-1).digest, closing.digest);
    assert.match(JSON.stringify(seal), /[0-9a-f]{64}/);
    assert.doesNotMatch(text, /token|request_id/);
  });
  await import('./embedded-ledger.test.js');
  await import('./embedded-shop.test.js');
  await import('./embedded-usage.test.js');
  await import('./embedded-history.test.js');
  await import('./embedded-refunds.test.js');
  await import('./embedded-runway.test.js');
} else {
  test(
    'the embedded store on the module',
    { skip: 'not built: node pkg/build/build.mjs' },
    () => {},
  );
}
