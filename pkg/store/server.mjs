/** PHP's own server, for this machine only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from '../build/paths.mjs';
import { dyingWithUs } from './database.mjs';

/** @returns {Promise<number>} a port that nobody uses */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/**
 * @param {string} folder of WordPress
 * @param {{ port: number, env: Record<string, string>, log: string, workers?: number }} how
 * @returns {Promise<{ stop: () => Promise<void>, gone: Promise<unknown> }>}
 */
export async function serve(folder, { port, env, log, workers = 4 }) {
  const address = `127.0.0.1:${port}`;
  const args = ['-S', address, '-t', folder, at('pkg/store/router.php')];
  const output = openSync(log, 'a');
  const child = spawn(...dyingWithUs('php', args), {
    // A group of its own: its workers do not end with it.
    detached: true,
    env: { ...process.env, ...env, PHP_CLI_SERVER_WORKERS: String(workers) },
    stdio: ['ignore', output, output],
  });
  const gone = once(child, 'exit');
  const kill = () => {
    try {
      process.kill(-(child.pid ?? 0));
    } catch {
      // It has ended already.
    }
  };
  process.on('exit', kill);
  let ended = false;
  void gone.then(() => (ended = true));
  for (let tries = 0; !(await answers(address)); tries++) {
    if (ended || tries > 200) {
      kill();
      throw new Error(`port ${port} is taken, or PHP's server does not start (see ${log})`);
    }
    await sleep(50);
  }
  if (ended) throw new Error(`port ${port} is taken`);
  return {
    gone,
    async stop() {
      kill();
      await gone;
      process.off('exit', kill);
    },
  };
}

/** @param {string} address @returns {Promise<boolean>} */
async function answers(address) {
  try {
    // A file: WordPress itself need not start for it.
    await fetch(`http://${address}/wp-includes/images/blank.gif`);
    return true;
  } catch {
    return false;
  }
}
