import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Failure, sentenceFor } from '../../../src/errors/sentences/sentence-for.js';
import { deadLettersCommand, eraseCommand, heldCommand } from '../../../src/saga/operator.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { emptyDataDir } from '../../support/empty-data-dir.js';
import { failureOf } from '../../support/failure-of.js';
import { FakePlant, rename } from '../../support/fake-plant.js';
import type { Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { makeDatabase, queryAt } from '../../support/own-database.js';
import { serverUrl } from '../../support/postgres-server.js';
import { until } from '../../support/until.js';

/** A journal's place, and the environment that names it to a command. */
interface Kept extends Place {
  env: NodeJS.ProcessEnv;
}

interface Engine {
  name: string;
  place(): Promise<Kept>;
  /** What was in one place, in another. */
  restore(from: Kept): Promise<Kept>;
}

const folder = async (): Promise<Kept> => {
  const dataDir = await emptyDataDir();
  return { database: { dataDir }, env: { DATA_DIR: dataDir }, remove: async () => {} };
};
const pglite: Engine = {
  name: 'PGlite',
  place: folder,
  restore: async ({ database }) => {
    const to = await folder();
    cpSync(database.dataDir, to.database.dataDir, { recursive: true });
    return to;
  },
};

const TABLES = ['operation', 'operation_step', 'delivery', 'known_token', 'journal_instance'];
const server = (url: string): Engine => ({
  name: 'PostgreSQL',
  place: async () => {
    const own = await makeDatabase(url);
    return { database: { dataDir: '', databaseUrl: own.url }, env: { DATABASE_URL: own.url }, remove: own.remove };
  },
  restore: async ({ database: { databaseUrl = '' } }) => {
    const own = await makeDatabase(url);
    const to = await openDatabase({ dataDir: '', databaseUrl: own.url });
    await to.close();
    for (const table of TABLES) {
      const [dumped] = await queryAt<{ rows: string | null }>(
        databaseUrl,
        `select json_agg(t)::text as rows from ozmap_cnt.${table} t`,
      );
      const text = (dumped?.rows ?? '[]').replaceAll("'", "''");
      await own.query(`insert into ozmap_cnt.${table} overriding system value
        select * from json_populate_recordset(null::ozmap_cnt.${table}, '${text}')`);
    }
    return { database: { dataDir: '', databaseUrl: own.url }, env: { DATABASE_URL: own.url }, remove: own.remove };
  },
});
const engines: Engine[] = serverUrl === null ? [pglite] : [pglite, server(serverUrl)];

describe.each(engines)('A journal that was restored from a backup, on $name', ({ name, place, restore }) => {
  /** A copied folder is told by its silence, a restored dump by its place. */
  const settings = name === 'PGlite' ? { silentMs: 1 } : {};
  const opened = (at: Kept, plant: FakePlant, more = {}) => openJournal(at, { plant, settings: more });
  const decide = async (at: Kept, ...args: string[]) => {
    let text = '';
    expect(await heldCommand(args, at.env, { write: (more) => (text += more) })).toBe(0);
    return text;
  };
  const backup = async (): Promise<{ at: Kept; remove: () => Promise<void> }> => {
    const original = await place();
    const plant = new FakePlant();
    plant.away = true;
    const journal = await opened(original, plant);
    for (const contractCode of ['q1', 'q2'])
      expect(await journal.run(rename, { contractCode, name: 'velho' })).toMatchObject({ state: 'QUEUED' });
    await journal.stop();
    const at = await restore(original);
    await original.remove();
    return { at, remove: at.remove };
  };
  const isHeld = async (journal: TestJournal) => (await journal.health()).held;

  it('carries out nothing that waited before a person released it, and what comes meanwhile', async () => {
    const { at, remove } = await backup();
    const plant = new FakePlant();
    let journal = await opened(at, plant, settings);
    await journal.start();
    expect(await isHeld(journal)).toBe(2);
    expect(await journal.run(rename, { contractCode: 'n1', name: 'novo' })).toMatchObject({ state: 'APPLIED' });
    const behind = await journal.run(rename, { contractCode: 'q1', name: 'novo' });
    expect(behind).toMatchObject({ state: 'QUEUED' });
    await journal.stop();

    const listed = await decide(at);
    expect(listed.match(/QUEUED {2}client.update {2}q[12]/g)).toHaveLength(2);
    expect(listed).toContain('\n2 held operations\n');
    const [first = '', second = ''] = listed.split('\n').map((line) => line.split(' ')[0] ?? '');
    expect(await decide(at, 'release', first)).toContain('released: 1');
    expect(await decide(at, 'drop', second)).toBe('dropped: 1\n');
    expect(await decide(at)).toBe('0 held operations\n');

    journal = await opened(at, plant);
    await journal.start();
    await until(async () => (await journal.state(behind.operationId)) === 'APPLIED');
    expect(await journal.state(first)).toBe('APPLIED');
    expect(await journal.state(second)).toBe('FAILED');
    expect([plant.names.get('q1'), plant.names.has('q2')]).toEqual(['novo', false]);
    await journal.stop();
    await remove();
  }, 120_000);

  it('is told from one whose process only started again, which goes on', async () => {
    const at = await place();
    const plant = new FakePlant();
    plant.away = true;
    const before = await opened(at, plant);
    const { operationId } = await before.run(rename, { contractCode: 'q1', name: 'velho' });
    await before.stop();
    plant.away = false;
    const journal = await opened(at, plant);
    await journal.start();
    expect(await isHeld(journal)).toBe(0);
    await until(async () => (await journal.state(operationId)) === 'APPLIED');
    await journal.stop();
    await at.remove();
  });

  it('can be held by hand before its first start, where it is younger than can be told', async () => {
    const at = await place();
    const plant = new FakePlant();
    plant.away = true;
    const before = await opened(at, plant);
    const { operationId } = await before.run(rename, { contractCode: 'q1', name: 'velho' });
    await before.stop();
    expect(await decide(at, 'hold')).toContain('held: 1');
    const journal = await opened(at, plant);
    expect(await isHeld(journal)).toBe(1);
    const again = await failureOf(journal.retry(operationId, { session: plant, token: TOKEN, actor: maria, viewer }));
    expect(again).toMatchObject({ code: 'BAD_USER_INPUT', details: [{ field: 'heldOperation' }] });
    expect(sentenceFor(again as Failure, 'en')).toContain('npm run journal:held');
    await journal.stop();
    await at.remove();
  });
});

it.each([heldCommand, deadLettersCommand, eraseCommand])(
  'An option that a command has not is answered with its usage',
  async (command) => {
    let text = '';
    expect(await command(['--help'], {}, { write: (more) => (text += more) })).toBe(2);
    expect(text).toMatch(/^usage: npm run journal:/);
  },
);

it('A decision without a choice is refused with what may be chosen', async () => {
  let text = '';
  for (const args of [['release'], ['drop', 'x1'], ['hold', 'all'], ['forget']])
    expect(await heldCommand(args, {}, { write: (more) => (text += more) })).toBe(2);
  expect(text).toContain('usage: npm run journal:held');
  expect(await deadLettersCommand(['redeliver'], {}, { write: (more) => (text += more) })).toBe(2);
  expect(text).toContain('usage: npm run journal:deadletters');
});
