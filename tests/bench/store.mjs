/**
 * `make bench-store`: what the plugin costs a real store, against the budgets. Each part also runs
 * alone, by the commands below. Nothing else should run on the machine meanwhile.
 */
import { spawnSync } from 'node:child_process';
import { at } from '../../pkg/build/paths.mjs';

const parts = [
  { command: ['tests/php/bench.mjs', 'pages'] },
  { command: ['tests/bench/shop-page.mjs'] },
  {
    command: ['tests/php/bench.mjs', 'accounts'],
    env: { BENCH_ACCOUNTS: '100000', BENCH_ENTRIES: '5000000' },
  },
];
const over = parts.filter(({ command, env }) => {
  console.log(`\n== ${command.join(' ')}`);
  const [script = '', ...args] = command;
  const how = { stdio: /** @type {const} */ ('inherit'), env: { ...process.env, ...env } };
  return spawnSync(process.execPath, [at(script), ...args], how).status !== 0;
});
console.log(`\n${parts.length - over.length} passed, ${over.length} failed`);
process.exitCode = over.length > 0 ? 1 : 0;
