import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { serverUrl } from '../support/postgres-server.js';
import { useTroubledService } from './troubled-service.js';

describe.runIf(serverUrl)('A service whose PostgreSQL is in trouble', () => {
  const { database, proxy, rename, comesBack, isTold, expectAcknowledged } = useTroubledService();

  it.each(['access exclusive', 'share'])('says so while the operations are locked in %s mode', async (mode) => {
    const other = new pg.Client({ connectionString: database().url });
    await other.connect();
    await other.query(`begin; lock table ozmap_cnt.operation in ${mode} mode`);
    const refused = rename();
    await isTold();
    expect(await refused).toBe('JOURNAL_UNAVAILABLE');
    await other.end();
    await comesBack();
  });

  it('says so while the server can only be read, as one that stands by', async () => {
    const name = new URL(database().url).pathname.slice(1);
    await database().query(`alter database ${name} set default_transaction_read_only = on`);
    proxy().closeAll();
    await isTold();
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    await database().query(
      `begin; set transaction read write; alter database ${name} reset default_transaction_read_only; commit`,
    );
    proxy().closeAll();
    await comesBack();
  });

  it('says so once a command could not be written for lack of space, until there is some', async () => {
    // As a full disk does: pages that are there are written, a new one is refused.
    await database().query(`create function ozmap_cnt.full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on ozmap_cnt.operation execute function ozmap_cnt.full()`);
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    await isTold();
    await database().query('drop trigger full_disk on ozmap_cnt.operation');
    await comesBack();
  });

  it('has lost nothing that it acknowledged', expectAcknowledged);
});
