// What takes too long for every change: `npm run check:long`, before a release. All of `check` with the tests that it leaves out otherwise (files
// that vitest.config.ts names, rows given to `inLong`), the pages beside their pictures in test/pictures, 2,000 contracts behind each
// gateway, 300 declared ones, then chaos of 500 lifecycles on the embedded database and on PostgreSQL (TEST_DATABASE_URL, else the local one),
// then the hard one: many lanes on few boxes. Ends with 1 when one failed.
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';

const LOCAL = 'postgres://postgres@127.0.0.1:5432/test';
const url = process.env.TEST_DATABASE_URL ?? ((await answers('127.0.0.1', 5432)) ? LOCAL : null);
const chaos = ['run', 'chaos', '--', '--lifecycles', '500'];
const runs = [
  { name: 'check', args: ['run', 'check'] },
  { name: 'pictures of the pages', args: ['run', 'pictures:check'] },
  {
    name: '300 contracts declared by a caller who reads no answer',
    args: ['test', '--', 'test/chaos/declarations.test.ts'],
    env: { DECLARED_CONTRACTS: '300' },
  },
  {
    name: '2,000 contracts behind each gateway',
    args: ['test', '--', 'test/federation/gateway.test.ts'],
    env: { CONTRACTS: '2000' },
  },
  { name: 'chaos on the embedded database', args: chaos },
  { name: 'chaos on PostgreSQL', args: chaos, env: { DATABASE_URL: url }, needs: url },
  { name: 'hard chaos', args: [...chaos, '--lanes', '30', '--boxes', '4'], env: url ? { DATABASE_URL: url } : {} },
];
const results = runs.map(({ name, args, env = {}, needs = 'nothing' }) => {
  if (needs === null) return [name, 'skipped: no PostgreSQL answers'];
  const { status } = spawnSync('npm', args, { stdio: 'inherit', env: { ...process.env, LONG: '1', ...env } });
  return [name, status === 0 ? 'passed' : 'FAILED'];
});
for (const [name, result] of results) process.stdout.write(`${name}: ${result}\n`);
process.exitCode = results.every(([, result]) => result === 'passed') ? 0 : 1;

function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .on('connect', () => end(true))
      .on('timeout', () => end(false))
      .on('error', () => end(false));
  });
}
