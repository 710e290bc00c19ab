/**
 * A MariaDB of our own: its data in a folder, reached by a socket only, never over a network.
 * What it says to have committed is on the disk, as in a real store.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Database
 * @property {string} host for WordPress's DB_HOST; the process's id is in `pid` beside the socket
 * @property {() => Promise<void>} stop
 */

/** Programs that an ordinary PATH leaves out. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Small files: a folder is copied for each run of the tests. */
const small = ['--innodb-log-file-size=16M', '--innodb-undo-tablespaces=0'];

/**
 * Makes an empty database `wp`, for the user `wp` with the password `wp`.
 * @param {string} folder
 */
export async function createDatabase(folder) {
  mkdirSync(folder, { recursive: true });
  // Nobody comes by a network: the machine's own name need not be known, hence --force.
  const plain = ['--force', '--skip-test-db', '--auth-root-authentication-method=normal'];
  const args = ['--no-defaults', `--datadir=${folder}`, ...asRoot, ...plain, ...small];
  const made = spawnSync('mariadb-install-db', args, { env, encoding: 'utf8' });
  if (made.status !== 0) {
    throw new Error(`mariadb-install-db failed:\n${made.error ?? made.stdout + made.stderr}`);
  }
  const database = await startDatabase(folder);
  const [, socket = ''] = database.host.split(':');
  const script = `mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
    $db = new mysqli( null, 'root', '', '', 0, $argv[1] );
    $db->query( 'CREATE DATABASE wp DEFAULT CHARACTER SET utf8mb4' );
    $db->query( "GRANT ALL ON wp.* TO 'wp'@'localhost' IDENTIFIED BY 'wp'" );`;
  execFileSync('php', ['-r', script, '--', socket]);
  await database.stop();
}

/**
 * @param {string} folder that createDatabase made
 * @param {{ again?: boolean }} [how] `again` starts it anew whenever it was killed
 * @returns {Promise<Database>}
 */
export async function startDatabase(folder, { again = false } = {}) {
  // A socket's path may have 107 bytes, which a folder of this repo may well exceed.
  const own = mkdtempSync(join(tmpdir(), 'nivella-'));
  const socket = join(own, 'db');
  const log = join(folder, 'mariadbd.log');
  const args = [
    '--no-defaults',
    `--datadir=${folder}`,
    `--socket=${socket}`,
    `--pid-file=${join(own, 'pid')}`,
    '--skip-networking',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=128M',
    '--max-connections=300',
    ...small,
    ...asRoot,
  ];
  const output = openSync(log, 'a');
  let running = false;
  let stopping = false;
  /** @type {import('node:child_process').ChildProcess} */
  let child;
  /** @type {Promise<unknown>} */
  let gone;
  const start = () => {
    const command = dyingWithUs('mariadbd', args);
    child = spawn(...command, { env, stdio: ['ignore', output, output] });
    running = true;
    gone = once(child, 'exit').then(() => {
      running = false;
      if (again && !stopping) start();
    });
  };
  start();
  const stop = async () => {
    stopping = true;
    child.kill();
    await gone;
    process.off('exit', kill);
    rmSync(own, { recursive: true, force: true });
  };
  const kill = () => void child.kill();
  process.on('exit', kill);
  for (let tries = 0; !existsSync(socket); tries++) {
    if (!running || tries > 600) {
      await stop();
      throw new Error(`MariaDB did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await sleep(50);
  }
  return { host: `localhost:${socket}`, stop };
}

/**
 * The command, so that the program ends with this process however that ends.
 * @param {string} program @param {string[]} args @returns {[string, string[]]}
 */
export function dyingWithUs(program, args) {
  const tied = existsSync('/usr/bin/setpriv');
  return tied ? ['setpriv', ['--pdeathsig=TERM', program, ...args]] : [program, args];
}
