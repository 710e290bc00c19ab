/** PHP's own server, for this machine only. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from '../build/paths.mjs';

/**
 * Without a wish it is one below those that the system gives to connections: none of them takes it
 * before it is listened on.
 *
 * @param {number} [wanted] by default any
 * @returns {Promise<number>} a port that nobody uses
 */
export async function freePort(wanted = 0) {
  const port = wanted || randomInt(20_000, 32_000);
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== 'EADDRINUSE') throw error;
    if (wanted) throw new Error(`port ${wanted} is taken`);
    return freePort();
  }
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * @typedef {object} How
 * @property {number} port
 * @property {Record<string, string>} env
 * @property {string} log a file
 * @property {string} mails a file that gets what would be sent
 * @property {number} workers how many requests at once
 */

/**
 * @param {string} folder of WordPress
 * @param {How} how
 * @returns {Promise<{ stop: () => Promise<void>, gone: Promise<unknown> }>}
 */
export async function serve(folder, { port, env, log, mails, workers }) {
  const address = `127.0.0.1:${await freePort(port)}`;
  const mail = `sendmail_path="sh -c 'cat >>\\"$NIVELLA_MAILS\\"' mail"`;
  const args = ['-d', mail, '-S', address, '-t', folder, at('pkg/store/router.php')];
  const output = openSync(log, 'a');
  // PHP's workers do not end with it, so it has a group of its own, and that ends with our pipe.
  const tied = 'exec 3<&0; (read -r _ <&3; kill -- -$$) & exec php "$@" 3<&- </dev/null';
  const child = spawn('sh', ['-c', tied, 'php', ...args], {
    detached: true,
    env: {
      ...process.env,
      ...env,
      NIVELLA_MAILS: mails,
      PHP_CLI_SERVER_WORKERS: String(workers),
    },
    stdio: ['pipe', output, output],
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
    if (ended || tries > 1200) {
      kill();
      throw new Error(`PHP's server does not start: see ${log}`);
    }
    await sleep(50);
  }
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
