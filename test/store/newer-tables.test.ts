import { Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { createJournal } from '../../src/saga/create-journal.js';
import { migrate } from '../../src/store/migrate.js';
import { migrations } from '../../src/store/migrations/index.js';
import { openDatabase } from '../../src/store/open-database.js';
import { createDialect } from '../../src/store/pool.js';
import type { Tables } from '../../src/store/tables.js';
import { FakePlant, fakeCommands, rename } from '../support/fake-plant.js';
import { engines, postgres } from '../support/journal-engines.js';
import { openJournal } from '../support/open-journal.js';

/** What a newer release may do to the tables. */
const column = (name: string): Migration => ({
  up: async (db) => {
    await sql`alter table operation add column ${sql.ref(name)} text not null default ''`.execute(db);
  },
});
const LIMITS = { size: 2, connectMs: 5_000, statementMs: 0, lockMs: 2_000 };
const NEWER = { ...migrations, '9999-01-01-one': column('one') };
const NEWEST = { ...NEWER, '9999-01-02-two': column('two') };

describe('Migrations', () => {
  it('are carried out in the order in which they were made: their names sort as they are listed', () => {
    const names = Object.keys(migrations);
    expect(names.toSorted()).toEqual(names);
    // Within a day the number tells.
    for (const name of names.filter((one) => one > '2026-11-26')) expect(name).toMatch(/^\d{4}-\d\d-\d\d-\d-/);
  });
});

describe.each(engines)('A journal whose tables come from a newer release, on $name', (engine) => {
  it('is brought up to date though a table was locked once', async () => {
    const place = await engine.place();
    const database = await openDatabase(place.database);
    let locked = true;
    const up = async (db: Kysely<unknown>) => {
      if (locked) {
        locked = false;
        throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
      }
      await column('one').up(db);
    };
    expect(await migrate(database.db, database.schema, { ...migrations, '9999-01-01-one': { up } })).toBeNull();
    expect(locked).toBe(false);
    await database.close();
    await place.remove();
  });

  it('is worked with after one newer migration, with a warning', async () => {
    const place = await engine.place();
    const newer = await openDatabase(place.database);
    await migrate(newer.db, newer.schema, NEWER);
    await newer.close();
    const warnings: object[] = [];
    const plant = new FakePlant();
    const journal = await createJournal<FakePlant>({
      database: place.database,
      commands: fakeCommands,
      backgroundSession: () => plant,
      backgroundProjectIds: async () => ['sul'],
      logger: { info: () => {}, error: () => {}, warn: (facts) => void warnings.push(facts) },
    });
    await journal.stop();
    expect(warnings).toContainEqual({ migration: '9999-01-01-one' });
    const again = await openJournal(place);
    expect(await again.run(rename, { contractCode: 'n1', name: 'x' })).toMatchObject({ state: 'APPLIED' });
    await again.stop();
    await place.remove();
  });

  it('is refused after two, by their names, and nothing is changed', async () => {
    const place = await engine.place();
    const newer = await openDatabase(place.database);
    await migrate(newer.db, newer.schema, NEWEST);
    await newer.close();
    await expect(openDatabase(place.database)).rejects.toThrow(
      /newer than this release by 2 migrations \(9999-01-01-one, 9999-01-02-two\)/,
    );
    await place.remove();
  });
});

describe.runIf(postgres)('An upgrade while a process of the release before is at work', () => {
  it('loses no command', async () => {
    const place = await postgres?.place();
    if (!place) throw new Error('no server');
    const { databaseUrl = '', schema = '' } = place.database;
    const journal = await openJournal(place);
    let migrated = false;
    const callers = Array.from({ length: 8 }, async (_, caller) => {
      const states: string[] = [];
      for (let n = 0; !migrated || n < 20; n += 1) {
        const { state } = await journal.run(rename, { contractCode: `u${caller}`, name: `${caller} ${n}` });
        states.push(state);
      }
      return states;
    });
    const db = new Kysely<Tables>({ dialect: createDialect(databaseUrl, schema, LIMITS) });
    await migrate(db, schema, NEWER).finally(() => {
      migrated = true;
    });
    await db.destroy();
    const states = (await Promise.all(callers)).flat();
    expect(states.length).toBeGreaterThanOrEqual(160);
    expect(new Set(states)).toEqual(new Set(['APPLIED']));
    await journal.stop();
    await place.remove();
  });
});

it.runIf(postgres)('The tables are looked for in our own schema only: others of the database come and go', async () => {
  const places = await Promise.all([postgres?.place(), postgres?.place()]);
  for (const place of places)
    await openDatabase(place?.database ?? { dataDir: '' }).then((database) => database.close());
  const { databaseUrl = '', schema = '' } = places[0]?.database ?? {};
  const db = new Kysely<Tables>({ dialect: createDialect(databaseUrl, schema, LIMITS) });
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  expect(new Set(tables.map((table) => table.schema))).toEqual(new Set([schema]));
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['operation', 'kysely_migration']));
  await db.destroy();
  await Promise.all(places.map((place) => place?.remove()));
});
