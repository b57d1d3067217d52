import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseCommand } from '../../../src/saga/operator.js';
import { byHand } from '../../support/by-hand.js';
import { failureOf } from '../../support/failure-of.js';
import { FakePlant, type Named, rename, reserve } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

describe.each(engines)('Personal data in the journal on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place);
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const everything = async () =>
    JSON.stringify(
      await journal.execute(`select row_to_json(o)::text as t from operation o union all select row_to_json(s)::text from operation_step s
        union all select row_to_json(d)::text from delivery d`),
    );

  it('goes when it is erased, and the trail stays', async () => {
    await journal.run(reserve, { contractCode: 'p1', boxId: 'b', name: 'Maria Silva' }, { key: 'p1' });
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'p1', name: 'Maria' }));
    await journal.run(rename, { contractCode: 'p2', name: 'Outra Pessoa' });
    expect(await everything()).toContain('Maria');
    expect(await journal.erase('p1')).toEqual({ known: true, erased: 2, pending: 0 });
    expect(await everything()).not.toContain('Maria');
    expect(await everything()).toContain('Outra Pessoa');
    const { edges } = await journal.listOperations({ contractCode: 'p1' }, { first: 5 }, viewer);
    expect(edges.map(({ node }) => [node.action, node.state, node.problem?.code])).toEqual([
      ['client.update', 'REFUSED', 'UPSTREAM_REFUSED'],
      ['port.reserve', 'APPLIED', undefined],
    ]);
    for (const { node } of edges) expect(await journal.stepsOf(node.id)).toHaveLength(1);
  });

  it('of what still waits goes once that is finished', async () => {
    const plant = new FakePlant();
    plant.away = true;
    await journal.run(rename, { contractCode: 'p3', name: 'Joana' }, { plant });
    expect(await journal.erase('p3')).toEqual({ known: true, erased: 0, pending: 1 });
    await journal.start();
    await until(async () => (await journal.health()).queued === 0 && (await journal.health()).pending === 0);
    expect(journal.plant.names.get('p3')).toBe('Joana');
    await journal.sweep();
    expect(await everything()).not.toContain('Joana');
  });

  it('does not get in by the words of a failure that nobody expected', async () => {
    const broken = byHand<FakePlant, Named, never>({
      ...rename,
      run: async () => Promise.reject(new TypeError('no port for Josefina')),
      look: async () => ({ seen: 'absent' }),
    });
    await failureOf(journal.run(broken, { contractCode: 'p7', name: '' }));
    const [failed] = await journal.execute(
      `select state, problem ->> 'code' as code from operation where contract_code = 'p7'`,
    );
    expect(failed).toEqual({ state: 'FAILED', code: 'INTERNAL_SERVER_ERROR' });
    expect(await everything()).not.toContain('Josefina');
  });

  it('goes after its days, keys after theirs, and whole operations after theirs', async () => {
    await journal.run(rename, { contractCode: 'p4', name: 'Velha Conhecida' }, { key: 'p4' });
    await journal.run(rename, { contractCode: 'p5', name: 'Nova' }, { key: 'p5' });
    await journal.execute(
      `update operation set requested_at = now() - interval '31 days', finished_at = now() - interval '31 days' where contract_code = 'p4'`,
    );
    await journal.execute(`insert into operation (id, action, state, owner_id, owner_name, token_hash, input_hash, box_ids, requested_at, finished_at)
      values (gen_random_uuid(), 'client.update', 'APPLIED', 'ancient', '', '', '', '{}', now() - interval '6 years', now() - interval '6 years')`);
    await journal.sweep();
    expect(await everything()).not.toMatch(/Velha Conhecida|ancient/);
    expect(await everything()).toContain('Nova');
    expect(await journal.execute(`select 1 from operation where idempotency_key = 'p4'`)).toEqual([]);
    expect(await journal.execute(`select 1 from operation where idempotency_key = 'p5'`)).toHaveLength(1);
  });

  it('goes after its days, however many older operations must stay as long as their keys', async () => {
    await journal.execute(`insert into operation (id, action, state, owner_id, owner_name, token_hash, input_hash, box_ids, finished_at, idempotency_key)
      select gen_random_uuid(), 'client.update', 'APPLIED', 'keyed', '', '', '', '{}', now() - interval '7 years', 'kept-' || n
      from generate_series(1, 1000) n`);
    await journal.execute(`insert into operation (id, action, state, owner_id, owner_name, token_hash, input_hash, box_ids, finished_at)
      values (gen_random_uuid(), 'client.update', 'APPLIED', 'behind', '', '', '', '{}', now() - interval '6 years')`);
    await journal.sweep();
    expect(await journal.execute(`select 1 from operation where owner_id = 'keyed'`)).toHaveLength(1_000);
    expect(await journal.execute(`select 1 from operation where owner_id = 'behind'`)).toEqual([]);
  });

  it('goes before its key, which answers until its own days are over and lets nothing be written twice', async () => {
    const send = () => journal.run(rename, { contractCode: 'p6', name: 'Teresa' }, { key: 'p6' });
    const { operationId } = await send();
    const known = { state: 'APPLIED', outcome: null, operationId };
    await journal.erase('p6');
    expect(await send()).toEqual(known);
    await journal.execute(`update operation set finished_at = now() - interval '6 years' where contract_code = 'p6'`);
    await journal.sweep();
    expect(await send()).toEqual(known);
    expect(journal.plant.log.filter((line) => line.endsWith('/p6'))).toHaveLength(1);
    await journal.execute(`update operation set requested_at = now() - interval '8 days' where contract_code = 'p6'`);
    await journal.sweep();
    expect(await journal.state(operationId)).toBeUndefined();
  });

  if (engine.name === 'PGlite') {
    it('goes by npm run journal:erase, once the service is stopped', async () => {
      await journal.run(rename, { contractCode: '00123', name: 'Maria' });
      const said: string[] = [];
      const out = { write: (text: string) => said.push(text) };
      const env = { DATA_DIR: place.database.dataDir };
      expect(await eraseCommand([], env, out)).toBe(2);
      await expect(eraseCommand(['00123'], env, out)).rejects.toThrow('in use');
      await journal.stop();
      expect(await eraseCommand(['00123'], env, out)).toBe(0);
      expect(said.at(-1)).toBe('00123: erased in 1 operations, 0 more as soon as they are finished\n');
    });
  }
});
