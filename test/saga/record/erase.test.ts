import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eraseCommand } from '../../../src/saga/operator.js';
import type { DatabaseOptions } from '../../../src/store/database.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { emptyDataDir } from '../../support/empty-data-dir.js';
import { startJournalled } from '../../support/journalled.js';
import { makeDatabase } from '../../support/own-database.js';
import { serverUrl } from '../../support/postgres-server.js';

const COMMAND = 'dist/app/operator-main.js';
if (!existsSync(COMMAND)) throw new Error('the service is not built: run `npm run build`');

const PERSON = { name: 'Maria das Dores', address: 'Rua das Acácias, 77', observation: 'cão bravo' };
const LEAD = { name: 'João Interessado', phone: '31 99999-0000', address: 'Rua sem Fibra, 9' };
const TRACES = /Maria das Dores|Acácias|cão bravo|João Interessado|99999-0000|sem Fibra/g;

/** The command as a process of its own. */
function erase(code: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ exitCode: number; said: string; complained: string }>((resolve) => {
    execFile(
      process.execPath,
      [COMMAND, 'erase', code],
      { env: { PATH: process.env.PATH, ...env } },
      (error, said, complained) =>
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, said, complained }),
    );
  });
}

/** The same command in this process, for what does not hang on a process of its own, which takes ten times as long. */
async function eraseHere(code: string, env: NodeJS.ProcessEnv) {
  let said = '';
  const exitCode = await eraseCommand([code], env, { write: (more) => (said += more) });
  return { exitCode, said };
}

/** Whatever of the two persons still lies anywhere in the journal's tables. */
async function tracesIn(options: DatabaseOptions): Promise<string[]> {
  const database = await openDatabase(options);
  try {
    const { rows } = await sql<{ text: string }>`
      select row_to_json(o)::text as text from operation o union all select row_to_json(s)::text from operation_step s
      union all select row_to_json(d)::text from delivery d`.execute(database.db);
    return [...new Set(rows.flatMap(({ text }) => text.match(TRACES) ?? []))].sort();
  } finally {
    await database.close();
  }
}

/** What is left by which a guess at an input could be confirmed, or an operator of CNT named. */
async function guessesIn(options: DatabaseOptions): Promise<{ hashes: number; people: number } | undefined> {
  const database = await openDatabase(options);
  try {
    const { rows } = await sql<{ hashes: number; people: number }>`
      select count(input_hash)::int as hashes, (count(cnt_user) + count(retried_cnt_user))::int as people
      from operation`.execute(database.db);
    return rows[0];
  } finally {
    await database.close();
  }
}

const UPDATE = { contractCode: 'LGPD-1', name: `${PERSON.name} Silva`, idempotencyKey: 'two' };

/** A contract's life and a lead, each with a person's data. */
async function someLives(service: Awaited<ReturnType<typeof startJournalled>>) {
  const { reserve, run, boxes } = service;
  const { reservation: _, operation } = await reserve('LGPD-1', boxes[0], { ...PERSON, idempotencyKey: 'one' });
  await run('activateClient', { contractCode: 'LGPD-1' });
  const { operation: update } = await run('updateClient', UPDATE, { user: 'atendente' });
  await run('cancelClient', { contractCode: 'LGPD-1' });
  const lead = await run('createProspect', { ...LEAD, location: { lat: -19.9, lng: -44.9 } });
  expect(lead.problem).toBeNull();
  const named = { ...LEAD, contractCode: 'LGPD-1', location: { lat: -19.91, lng: -44.91 } };
  expect((await run('createProspect', named)).problem).toBeNull();
  return { reservationId: operation?.id, updateId: update?.id, leadId: lead.operation?.id ?? '' };
}

const TRAIL = [
  ['client.cancel', 'APPLIED'],
  ['client.update', 'APPLIED'],
  ['client.activate', 'APPLIED'],
  ['port.reserve', 'APPLIED'],
];

describe('npm run journal:erase', { timeout: 90_000 }, () => {
  it('erases from the embedded database of a stopped service, leaves the trail, and says who holds it while it runs', async () => {
    const DATA_DIR = await emptyDataDir();
    onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }));
    const first = await startJournalled({ env: { DATA_DIR }, boxes: 1 });
    const { leadId, updateId } = await someLives(first);
    const refused = await erase('LGPD-1', { DATA_DIR });
    expect([refused.exitCode, refused.said]).toEqual([1, '']);
    expect(refused.complained).toMatch(
      /^The data folder .* is in use by another running process\. Stop that one first/,
    );
    expect(refused.complained).not.toContain(' at ');
    await first.stop();

    const before = await tracesIn({ dataDir: DATA_DIR });
    expect(before).not.toEqual([]);
    expect(await erase('LGPD-I', { DATA_DIR })).toMatchObject({
      exitCode: 1,
      said: 'LGPD-I: the journal has no such contract, and no operation of that number\n',
    });
    expect(await tracesIn({ dataDir: DATA_DIR })).toEqual(before);
    expect(await erase('LGPD-1', { DATA_DIR })).toEqual({
      exitCode: 0,
      said: 'LGPD-1: erased in 5 operations, 0 more as soon as they are finished\n',
      complained: '',
    });
    expect((await eraseHere(leadId, { DATA_DIR })).said).toContain('erased in 1 operations');
    expect(await eraseHere('LGPD-1', { DATA_DIR })).toMatchObject({ exitCode: 0 });
    expect(await tracesIn({ dataDir: DATA_DIR })).toEqual([]);
    expect(await guessesIn({ dataDir: DATA_DIR })).toEqual({ hashes: 0, people: 0 });

    const again = await startJournalled({ env: { DATA_DIR }, boxes: 0 });
    const history = await again.history('LGPD-1');
    expect(history.map(({ action, state }) => [action, state])).toEqual(TRAIL);
    expect(history.every(({ actor, steps }) => actor === 'demo' && steps.length > 0)).toBe(true);
    // Its key is still known, and answers with all there is left.
    expect(await again.run('updateClient', UPDATE)).toMatchObject({
      problem: null,
      client: null,
      operation: { id: updateId },
    });
    // The input that it had is known to nobody any more; another command under its key is told from it all the same.
    const other = await again.run('activateClient', { contractCode: 'LGPD-1', idempotencyKey: 'two' });
    expect(other.problem?.code).toBe('IDEMPOTENCY_MISMATCH');
    // What it needed is gone: the cancellation can no longer be taken back.
    const undone = await again.run('undoCancellation', { operationId: history[0]?.id });
    expect(undone.problem).toMatchObject({ code: 'CONFLICT', reason: 'UNDO_EXPIRED' });
    await again.stop();
  });

  it('ends with 1 where there is no journal, and makes none', async () => {
    const DATA_DIR = join(await emptyDataDir(), 'elsewhere');
    onTestFinished(() => rm(dirname(DATA_DIR), { recursive: true, force: true }));
    expect(await erase('LGPD-1', { DATA_DIR })).toMatchObject({
      exitCode: 1,
      complained: expect.stringContaining(`There is no journal in the data folder ${DATA_DIR}.`),
    });
    expect(existsSync(DATA_DIR)).toBe(false);
    if (!serverUrl) return;
    const { url: DATABASE_URL, remove } = await makeDatabase(serverUrl);
    onTestFinished(remove);
    for (const _ of ['first', 'again'])
      await expect(eraseHere('LGPD-1', { DATABASE_URL })).rejects.toThrow('There is no journal in the database');
  });

  it.skipIf(!serverUrl)('erases beside a running service on a PostgreSQL server', async () => {
    if (!serverUrl) return;
    const database = await makeDatabase(serverUrl);
    onTestFinished(() => database.remove());
    const { url: DATABASE_URL } = database;
    const service = await startJournalled({ env: { DATABASE_URL }, boxes: 1 });
    const { leadId } = await someLives(service);
    expect(await erase('LGPD-1', { DATABASE_URL })).toMatchObject({ exitCode: 0 });
    expect(await eraseHere(leadId, { DATABASE_URL })).toMatchObject({ exitCode: 0 });
    expect(await tracesIn({ dataDir: '', databaseUrl: DATABASE_URL })).toEqual([]);
    expect((await service.history('LGPD-1')).map(({ action, state }) => [action, state])).toEqual(TRAIL);
    await service.stop();
  });
});
