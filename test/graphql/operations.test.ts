import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LogsNewsDocument, LogsOperationsDocument } from '../../src/generated/logs-operations.js';
import { type Journalled, type Payload, startJournalled } from '../support/journalled.js';
import { homesWithClient, pick } from '../support/plant.js';

const NORTH = { token: 'demo-norte' };

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let ozmap: Journalled['subgraph']['emulator'];
/** Boxes of a project that `demo-norte` does not see, for three contracts each, and one that it does. */
let southern: Journalled['boxes'];
let north: Journalled['boxes'][number];
let taken = 0;
/** Every SQL statement of the journal. */
const statements: string[] = [];

beforeAll(async () => {
  journalled = await startJournalled({
    env: { OUTCOME_SETTLE_S: '1' },
    boxes: 24,
    onStatement: (sql) => statements.push(sql),
  });
  ozmap = journalled.subgraph.emulator;
  const { boxes, plant } = journalled;
  const norte = plant.projects.get('Norte');
  southern = boxes.filter(({ project }) => project !== norte);
  north = pick(boxes, ({ project }) => project === norte);
});
afterEach(() => ozmap.clearFaults());
afterAll(() => journalled.stop());

const south = () => southern[Math.floor(taken++ / 3)];

/** An activation whose write was lost and found not to have been applied. */
async function failedActivation(contractCode: string, box = south(), user?: string): Promise<string> {
  const { reserve, run, ended } = journalled;
  await reserve(contractCode, box);
  await ozmap.fault({ fault: 'reset-before', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
  const { problem } = await run('activateClient', { contractCode }, user === undefined ? {} : { user });
  expect(problem?.code).toBe('UPSTREAM_OUTCOME_UNKNOWN');
  const operation = await ended(problem?.operationId);
  expect(operation).toMatchObject({ state: 'FAILED', problem: { code: 'UPSTREAM_UNAVAILABLE' } });
  return operation.id;
}

const retry = (operationId: string, options: { token?: string; user?: string } = {}) =>
  journalled.run('retryOperation', { operationId }, options);

describe('Mutation.retryOperation', () => {
  it('keeps who retried apart from who asked, whatever a name pretends', async () => {
    const id = await failedActivation('RE-0', undefined, 'joao), api-cnt (chefe');
    const { operation } = await retry(id, { user: '\u00e2\u0080\u00aeana' });
    expect(operation).toMatchObject({
      actor: 'demo',
      cntUser: 'joao), api-cnt (chefe',
      retriedBy: { actor: 'demo', cntUser: 'ana' },
    });
  });

  it('carries a FAILED operation to its end, as the same operation, with all its writes', async () => {
    const id = await failedActivation('RE-1');
    const { problem, operation } = await retry(id, { user: 'joana' });
    expect([problem, operation]).toMatchObject([null, { id, state: 'APPLIED', problem: null }]);
    // Who asked for it had no name in CNT.
    expect(operation).toMatchObject({ actor: 'demo', cntUser: null, retriedBy: { actor: 'demo', cntUser: 'joana' } });
    expect(operation?.steps.map(({ method, outcome }) => [method, outcome])).toEqual([
      ['PATCH', 'UNKNOWN'],
      ['PATCH', 'DONE'],
    ]);
    expect(await journalled.clientOf('RE-1')).toMatchObject({ implanted: true });
    expect((await journalled.history('RE-1')).map(({ action }) => action)).toEqual(['client.activate', 'port.reserve']);
  });

  it('says why when OZmap refuses it this time', async () => {
    const id = await failedActivation('RE-2');
    await ozmap.fault({ fault: 'status', status: 400, times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const again = await retry(id);
    // Not REFUSED: the write that was lost before may come yet.
    expect(again).toMatchObject({ problem: { code: 'UPSTREAM_REFUSED' }, operation: { id, state: 'FAILED' } });
  });

  it('waits for OZmap like the command itself when OZmap is away', async () => {
    const id = await failedActivation('RE-3');
    await ozmap.fault({ fault: 'reset-before' });
    expect(await retry(id)).toMatchObject({ problem: null, operation: { id, state: 'QUEUED' } });
    await ozmap.clearFaults();
    expect(await journalled.ended(id)).toMatchObject({ state: 'APPLIED' });
  });

  it('does nothing for a token that does not see the project: to it, there is no such operation', async () => {
    const id = await failedActivation('RE-4');
    expect(await retry(id, NORTH)).toMatchObject({ problem: { code: 'NOT_FOUND' }, operation: null });
    expect(await journalled.operation(id)).toMatchObject({ state: 'FAILED' });
    expect(await journalled.clientOf('RE-4')).toMatchObject({ implanted: false });
  });

  it('refuses what is not FAILED, and what is no operation', async () => {
    const { operation } = await journalled.reserve('RE-5', south());
    expect(await retry(operation?.id ?? '')).toMatchObject({
      problem: { code: 'BAD_USER_INPUT' },
      operation: { id: operation?.id, state: 'APPLIED' },
    });
    for (const id of ['no id', '00000000-0000-7000-8000-000000000000'])
      expect(await retry(id)).toMatchObject({ problem: { code: 'NOT_FOUND' }, operation: null });
    const { text } = await journalled.subgraph.query(
      'mutation { retryOperation(input: { operationId: "no id" }) { problem { message details { field } } } }',
    );
    expect(text).toContain('A operação não foi encontrada');
    expect(text).toContain('"field":"operationId"');
  });
});

describe('A token of one project', () => {
  /** Everything by which an operation can be read, for this token. */
  async function reads({ operation }: Payload, contractCode: string, token: string) {
    const document = `query ($id: ID!, $code: ID!, $any: [_Any!]!) {
      integrationOperation(id: $id) { id }
      integrationOperations(filter: { contractCode: $code }) { edges { node { id } } }
      all: integrationOperations(first: 100) { edges { node { contractCode } } }
      client(contractCode: $code) { integrationOperations { edges { node { id } } } }
      _entities(representations: $any) { ... on IntegrationOperation { id contractCode actor } }
    }`;
    const any = [
      { __typename: 'IntegrationOperation', id: operation?.id },
      { __typename: 'IntegrationOperation', id: 'no id' },
    ];
    const { data, errors } = await journalled.subgraph.query<
      {
        integrationOperation: object | null;
        integrationOperations: { edges: object[] };
        all: { edges: { node: { contractCode: string } }[] };
        client: { integrationOperations: { edges: object[] } } | null;
        _entities: (object | null)[];
      },
      object
    >(document, { id: operation?.id, code: contractCode, any }, { token });
    expect(errors).toEqual([]);
    return {
      byId: data?.integrationOperation ? 1 : 0,
      listed: data?.integrationOperations.edges.length,
      amongAll: data?.all.edges.filter(({ node }) => node.contractCode === contractCode).length,
      ofClient: data?.client?.integrationOperations.edges.length ?? 0,
      asEntity: data?._entities.map((entity) => (entity ? 1 : 0)),
    };
  }

  it('reads operations of its project, and of no other, by every way there is', async () => {
    const inNorth = await journalled.reserve('RI-1', north);
    const inSouth = await journalled.reserve('RI-2', south());
    const seen = { byId: 1, listed: 1, amongAll: 1, ofClient: 1, asEntity: [1, 0] };
    const unseen = { byId: 0, listed: 0, amongAll: 0, ofClient: 0, asEntity: [0, 0] };
    expect(await reads(inNorth, 'RI-1', 'demo-norte')).toEqual(seen);
    expect(await reads(inSouth, 'RI-2', 'demo-norte')).toEqual(unseen);
    expect(await reads(inSouth, 'RI-2', 'demo')).toEqual(seen);
  });

  it('alone reads what it asked for in vain: an operation that touched no project', async () => {
    const mine = await journalled.run('activateClient', { contractCode: 'RI-NONE' }, NORTH);
    expect(mine.problem).toMatchObject({ code: 'NOT_FOUND' });
    expect(await journalled.operation(mine.problem?.operationId, 'demo-norte')).toMatchObject({ state: 'REFUSED' });
    expect(await journalled.operation(mine.problem?.operationId, 'demo')).toBeNull();
  });

  it('takes back no cancellation of another project', async () => {
    const { reserve, run, clientOf } = journalled;
    await reserve('RI-3', south());
    await run('activateClient', { contractCode: 'RI-3' });
    const { operation } = await run('cancelClient', { contractCode: 'RI-3' });
    const undone = await run('undoCancellation', { operationId: operation?.id }, NORTH);
    expect(undone.problem).toMatchObject({ code: 'NOT_FOUND' });
    expect(await clientOf('RI-3')).toBeUndefined();
  });
});

/** How the statements begin that asking causes each time; the background has others, now and then. */
async function caused(ask: () => Promise<unknown>): Promise<(string | undefined)[]> {
  const times: string[][] = [];
  for (let time = 0; time < 3; time++) {
    statements.length = 0;
    await ask();
    times.push([...statements]);
  }
  const [first = [], ...others] = times;
  return first.filter((sql) => others.every((one) => one.includes(sql))).map((sql) => sql.trim().split(/\s+/)[0]);
}

describe('500 clients with their operations', () => {
  it('are one SQL statement, and their steps one more', async () => {
    const { subgraph, plant } = journalled;
    await journalled.reserve('SQL-1', south());
    const codes = homesWithClient(plant)
      .map(({ client }) => client.code)
      .slice(0, 499);
    const ask = (more = '') =>
      subgraph.query<
        { clients: ({ contractCode: string; integrationOperations: { edges: object[] } } | null)[] },
        object
      >(
        `query ($codes: [ID!]!) { clients(contractCodes: $codes) { contractCode integrationOperations(first: 5) { edges { node { id state ${more} } } } } }`,
        { codes: ['SQL-1', ...codes] },
      );
    const { data, errors } = await ask();
    expect(errors).toEqual([]);
    expect(data?.clients.filter((client) => client?.integrationOperations)).toHaveLength(500);
    expect(data?.clients[0]?.integrationOperations.edges).toHaveLength(1);
    expect(await caused(ask)).toEqual(['select']);
    const withSteps = await ask('steps { path }');
    expect(withSteps.data?.clients[0]?.integrationOperations.edges).toMatchObject([
      { node: { steps: [{ path: 'properties' }] } },
    ]);
    expect(await caused(() => ask('steps { path }'))).toEqual(['select', 'select']);
  });
});

describe('the page that follows the journal', () => {
  it('asks for news with one SQL statement, where reading all anew takes three', async () => {
    const { subgraph, reserve } = journalled;
    await reserve('NEWS-1', south());
    const ask = (document: object) => () =>
      subgraph.query<{ integrationOperations: { edges: object[] } }, object>(String(document), {
        filter: {},
        first: 20,
      });
    const { data, errors } = await ask(LogsNewsDocument)();
    expect(errors).toEqual([]);
    expect(data?.integrationOperations.edges.length).toBeGreaterThan(0);
    expect(await caused(ask(LogsNewsDocument))).toEqual(['select']);
    expect(await caused(ask(LogsOperationsDocument))).toEqual(['select', 'select', 'select']);
  });
});
