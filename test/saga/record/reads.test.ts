import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.js';
import { FakePlant, rename, reserve, withdraw } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, viewer } from '../../support/open-journal.js';

describe.each(engines)('Reading the journal on $name', (engine) => {
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

  it('shows an operation to those who see its project, and to nobody else', async () => {
    const { operationId } = await journal.run(rename, { contractCode: 'r1', name: 'x' });
    const id = operationId ?? '';
    const colleague = { ownerId: 'u9', projectIds: ['norte', 'sul'] };
    const stranger = { ownerId: 'u1', projectIds: ['norte'] };
    expect(await journal.findOperation(id, colleague)).not.toBeNull();
    expect(await journal.findOperation(id, stranger)).toBeNull();
    expect(await journal.findOperations([id], stranger)).toEqual([]);
    expect(await journal.findSnapshots([id], stranger)).toEqual([]);
    expect((await journal.listOperations({}, { first: 10 }, stranger)).edges).toEqual([]);
    expect((await journal.listOperationsOf(['r1'], { first: 10 }, stranger)).get('r1')?.edges).toEqual([]);
  });

  it('shows an operation whose project is not known to its own actor only', async () => {
    const plant = new FakePlant();
    plant.away = true;
    const { operationId = '' } = await failureOf(journal.run(reserve, { contractCode: 'r2', boxId: 'b' }, { plant }));
    expect((await journal.findOperation(operationId, { ownerId: 'u1', projectIds: [] }))?.state).toBe('FAILED');
    expect(await journal.findOperation(operationId, { ownerId: 'u2', projectIds: ['sul', 'norte'] })).toBeNull();
  });

  it('answers null for what is no id at all', async () => {
    expect(await journal.findOperation("x' or 1=1", viewer)).toBeNull();
    expect(await journal.findOperations(['', 'x'], viewer)).toEqual([]);
  });

  it('pages through a list, newest first', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const ids: string[] = [];
    for (const name of names) ids.unshift((await journal.run(rename, { contractCode: 'r3', name })).operationId ?? '');
    const filter = { contractCode: 'r3' };
    const first = await journal.listOperations(filter, { first: 2 }, viewer);
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await journal.listOperations(filter, { first: 3, after: first.edges.at(-1)?.cursor }, viewer);
    expect(second).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
    expect(await failureOf(journal.listOperations({}, { first: 2, after: 'x' }, viewer))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(await failureOf(journal.listOperations({}, { first: 101 }, viewer))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it('filters by state, action and period', async () => {
    await journal.run(rename, { contractCode: 'r4', name: 'x' });
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'r4', name: 'y' }));
    const states = async (filter: object) =>
      (await journal.listOperations({ contractCode: 'r4', ...filter }, { first: 9 }, viewer)).edges.map(
        ({ node }) => node.state,
      );
    expect(await states({})).toEqual(['REFUSED', 'APPLIED']);
    expect(await states({ states: ['APPLIED', 'FAILED'] })).toEqual(['APPLIED']);
    expect(await states({ states: [] })).toEqual([]);
    expect(await states({ actions: ['client.cancel'] })).toEqual([]);
    expect(await states({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) })).toHaveLength(2);
    expect(await states({ from: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  it('reads the operations of five hundred contracts with one statement, and their steps with one more', async () => {
    await Promise.all(
      Array.from({ length: 5 }, (_, i) => journal.run(rename, { contractCode: `many${i}`, name: 'x' })),
    );
    journal.statements.length = 0;
    const codes = Array.from({ length: 500 }, (_, i) => `many${i}`);
    const pages = await journal.listOperationsOf(codes, { first: 20 }, viewer);
    expect(journal.statements).toHaveLength(1);
    expect(pages.size).toBe(500);
    expect(pages.get('many499')?.edges).toEqual([]);
    const [first, ...others] = [...pages.values()].flatMap(({ edges }) => edges.map(({ node }) => node.id));
    expect(others).toHaveLength(4);
    const steps = await journal.findSteps([first ?? '', ...others, first ?? '']);
    expect(journal.statements).toHaveLength(2);
    expect([...steps.values()].map((each) => each.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('lists what was handed over to a contract among its own, newest first, and each once', async () => {
    const ids: string[] = [];
    for (const [n, contractCode] of ['to', 'from', 'to', 'from', 'to'].entries())
      ids.unshift((await journal.run(rename, { contractCode, name: `${n}` })).operationId ?? '');
    await journal.execute(`update operation set to_contract_code = 'to' where contract_code = 'from'`);
    await journal.execute(`update operation set to_contract_code = 'to' where id = '${ids[0]}'`);
    const listed = async (page: { first: number; after?: string | null | undefined }) =>
      (await journal.listOperationsOf(['to', 'from'], page, viewer)).get('to');
    const first = await listed({ first: 2 });
    const second = await listed({ first: 9, after: first?.endCursor });
    expect([first?.hasNextPage, second?.hasNextPage]).toEqual([true, false]);
    expect([first, second].flatMap((page) => page?.edges.map(({ node }) => node.id))).toEqual(ids);
  });

  it('knows which reservations it made and still believes in', async () => {
    await journal.run(reserve, { contractCode: 'r5', boxId: 'b5' });
    await journal.run(reserve, { contractCode: 'r6', boxId: 'b6' });
    await journal.run(withdraw, { contractCode: 'r6' });
    const made = await journal.findReservations(['r5', 'r6', 'r7']);
    expect([...made.keys()]).toEqual(['r5']);
    expect(made.get('r5')).toMatchObject({ expiresAt: null, clientId: 'client on b5', facts: { boxId: 'b5' } });
    expect(made.get('r5')?.madeHere).toBe(true);
  });

  it('remembers what OZmap said of a token, for some hours, and never the token', async () => {
    await journal.rememberToken('secret-token', { ownerId: 'u7', ownerName: 'sete', projectIds: ['norte'] });
    expect(await journal.findRememberedToken('secret-token', 1)).toMatchObject({
      ownerId: 'u7',
      projectIds: ['norte'],
    });
    expect(await journal.findRememberedToken('secret-token', 0)).toBeNull();
    expect(await journal.findRememberedToken('another', 1)).toBeNull();
    await journal.run(rename, { contractCode: 'r8', name: 'x' }, { token: 'secret-token', actor: maria });
    const rows = await journal.execute(
      'select row_to_json(o)::text as text from operation o union all select row_to_json(k)::text from known_token k',
    );
    expect(JSON.stringify(rows)).not.toContain('secret-token');
    await journal.forgetToken('secret-token');
    expect(await journal.findRememberedToken('secret-token', 1)).toBeNull();
  });
});
