import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesOf } from '../../src/commands/kit/records.js';
import { type Journalled, startJournalled, type ToldOperation } from '../support/journalled.js';
import { besides, readPlant } from '../support/plant.js';

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let subgraph: Journalled['subgraph'];
let plant: Journalled['plant'];
/** Boxes with room, each for one test. */
let boxes: Journalled['boxes'];
let run: Journalled['run'];
let reserve: Journalled['reserve'];
let operation: Journalled['operation'];
let ended: Journalled['ended'];
let clientOf: Journalled['clientOf'];

beforeAll(async () => {
  journalled = await startJournalled({ env: { OUTCOME_SETTLE_S: '1' }, boxes: 8 });
  ({ subgraph, plant, boxes, run, reserve, operation, ended, clientOf } = journalled);
});
afterAll(() => journalled.stop());

/** Another box that is offered beside this one. */
async function neighbourOf(from: Journalled['boxes'][number] | undefined): Promise<string | undefined> {
  const { data } = await subgraph.query<{ viability: { boxes: { box: { id: string } }[] } }, object>(
    'query ($input: ViabilityInput!) { viability(input: $input) { boxes { box { id } } } }',
    { input: { location: from && besides(from) } },
  );
  return data?.viability.boxes.find(({ box }) => box.id !== from?.id)?.box.id;
}

describe('A command with an idempotency key', () => {
  it('is answered again with its operation, and asks OZmap nothing', async () => {
    const first = await reserve('KEY-1', boxes[0], { idempotencyKey: 'one' });
    await subgraph.emulator.clearRequests();
    const again = await reserve('KEY-1', boxes[0], { idempotencyKey: 'one' });
    expect(again.operation).toMatchObject({ id: first.operation?.id, state: 'APPLIED', action: 'port.reserve' });
    expect((await subgraph.emulator.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is the same command with nulls, empty texts and lists, and space around', async () => {
    const asked = { idempotencyKey: 'blanks', name: 'José' };
    const first = await reserve('KEY-3', boxes[0], asked);
    const blanks = { observation: null, address: '', port: null, propertyId: null, dropPath: [], name: ' Jose\u0301 ' };
    const again = await reserve('KEY-3', boxes[0], { ...asked, ...blanks });
    expect(again.operation?.id).toBe(first.operation?.id);
    await run('activateClient', { contractCode: 'KEY-3' });
    const ending = { contractCode: 'KEY-3', idempotencyKey: 'blanks-2' };
    const ended = await run('cancelClient', ending);
    const repeated = await run('cancelClient', { ...ending, contractWasActive: null, disconnectDrop: null });
    expect([repeated.problem, repeated.operation?.id]).toEqual([null, ended.operation?.id]);
  });

  it('is refused when the key comes with another input', async () => {
    await run('updateClient', { contractCode: 'KEY-1', name: 'A', idempotencyKey: 'two' });
    const other = await run('updateClient', { contractCode: 'KEY-1', name: 'B', idempotencyKey: 'two' });
    expect(other.problem?.code).toBe('IDEMPOTENCY_MISMATCH');
  });
});

describe('The journal of a contract', () => {
  it('holds each command with its writes and who asked, newest first, and nothing for those without its project', async () => {
    const south = boxes.find(({ project }) => project !== plant.projects.get('Norte'));
    await reserve('LIST-1', south);
    const { operation: activation } = await run('activateClient', { contractCode: 'LIST-1' }, { user: 'maria' });
    expect(activation).toMatchObject({ state: 'APPLIED', cntUser: 'maria' });
    expect(activation?.steps).toMatchObject([{ method: 'PATCH', status: 204, outcome: 'DONE' }]);

    const list = (token: string) =>
      subgraph.query<{ it: { edges: { node: ToldOperation }[] } }, object>(
        '{ it: integrationOperations(filter: { contractCode: "LIST-1" }) { edges { node { action } } pageInfo { hasNextPage } } }',
        {},
        { token },
      );
    expect((await list('demo')).data?.it.edges.map(({ node }) => node.action)).toEqual([
      'client.activate',
      'port.reserve',
    ]);
    expect((await list('demo-norte')).data?.it.edges).toEqual([]);
    expect(await operation(activation?.id ?? '', 'demo-norte')).toBeNull();
    const viaClient = await subgraph.query<{ client: { integrationOperations: { edges: unknown[] } } }, object>(
      '{ client(contractCode: "LIST-1") { integrationOperations(first: 1) { edges { node { id } } } } }',
    );
    expect(viaClient.data?.client.integrationOperations.edges).toEqual([{ node: { id: activation?.id } }]);
  });

  it('tells what was asked for beside what stood before, until its data are erased', async () => {
    const from = boxes[7];
    const to = await neighbourOf(from);
    await reserve('CHANGE-1', from, { name: 'Ana', observation: 'frente' });
    await run('updateClient', { contractCode: 'CHANGE-1', name: 'Ana Lima', observation: 'fundos' });
    await run('changePort', { contractCode: 'CHANGE-1', boxId: to });
    await run('activateClient', { contractCode: 'CHANGE-1' });
    await run('cancelClient', { contractCode: 'CHANGE-1' });
    interface Told {
      action: string;
      changes: { field: string; before: string | null; after: string | null }[] | null;
    }
    const told = async () => {
      const { data } = await subgraph.query<{ it: { edges: { node: Told }[] } }, object>(
        '{ it: integrationOperations(filter: { contractCode: "CHANGE-1" }) { edges { node { action changes { field before after } } } } }',
      );
      return Object.fromEntries((data?.it.edges ?? []).map(({ node }) => [node.action, node.changes]));
    };
    const port = expect.stringMatching(/^\d+$/);
    expect(await told()).toEqual({
      'client.cancel': [
        { field: 'name', before: 'Ana Lima', after: null },
        { field: 'boxId', before: to, after: null },
        { field: 'port', before: port, after: null },
      ],
      'client.activate': [],
      'port.change': [
        { field: 'boxId', before: from?.id, after: to },
        { field: 'port', before: port, after: port },
      ],
      'client.update': [
        { field: 'name', before: 'Ana', after: 'Ana Lima' },
        { field: 'observation', before: 'frente', after: 'fundos' },
      ],
      'port.reserve': [
        { field: 'name', before: null, after: 'Ana' },
        { field: 'observation', before: null, after: 'frente' },
        { field: 'boxId', before: null, after: from?.id },
        { field: 'port', before: null, after: port },
      ],
    });
    expect(changesOf({ action: 'client.update', input: null, facts: null, outcome: null })).toBeNull();
  });

  it('tells the box of a port also where that stays, and the building of a flat for its box', () => {
    const at = (place: { boxId: string | null; buildingId: string | null }, port: number) => {
      return { property: { address: null, ...place, connections: [{ port }] } };
    };
    const facts = { record: { before: { boxId: 'box', port: 1 } } };
    const outcome = at({ boxId: 'box', buildingId: null }, 2);
    expect(changesOf({ action: 'port.change', input: { port: 2 }, facts, outcome })).toEqual([
      { field: 'boxId', before: 'box', after: 'box' },
      { field: 'port', before: '1', after: '2' },
    ]);
    const flat = at({ boxId: null, buildingId: 'building' }, 3);
    const input = { apartment: '904' };
    expect(changesOf({ action: 'port.reserve', input, facts: null, outcome: flat })).toContainEqual({
      field: 'boxId',
      before: null,
      after: 'building',
    });
  });

  async function foundBy(filter: string, token = 'demo') {
    const { data, errors } = await subgraph.query<{ it: { edges: { node: ToldOperation }[] } }, object>(
      `{ it: integrationOperations(filter: { ${filter} }) { edges { node { action } } } }`,
      {},
      { token },
    );
    expect(errors).toEqual([]);
    return data?.it.edges.map(({ node }) => node.action);
  }

  it('is found by a part of the code, by the name of its client, and by who asked in CNT', async () => {
    await reserve('FIND-17/2026', boxes[1], { name: 'Joaquim Prado Xavier' });
    await run('activateClient', { contractCode: 'FIND-17/2026' }, { user: 'Berenice' });
    expect(await foundBy('contractCodePart: "nd-17/2"')).toEqual(['client.activate', 'port.reserve']);
    expect(await foundBy('client: "prado xav"')).toEqual(['client.activate', 'port.reserve']);
    expect(await foundBy('cntUser: "nice"')).toEqual(['client.activate']);
    expect(await foundBy('contractCodePart: "FIND-17", cntUser: "maria"')).toEqual([]);
    expect(await foundBy('client: "prado xav", contractCode: "LIST-1"')).toEqual([]);
    expect(await foundBy('client: "nobody of this name"')).toEqual([]);
  });

  it('is found by a name that OZmap alone knows, and by the code of a client who is gone from it', async () => {
    const client = plant.clients.find(({ code, name }) => code && name);
    await run('updateClient', { contractCode: client?.code, observation: 'portão azul' });
    expect(await foundBy(`client: "${client?.name}"`)).toEqual(['client.update']);
    await reserve('WENT-1', boxes[1]);
    await run('withdrawReservation', { contractCode: 'WENT-1' });
    expect(await foundBy('client: " WENT-1 "')).toEqual(['reservation.withdraw', 'port.reserve']);
  });

  it('finds names in whatever order, and who asked without accents too', async () => {
    await reserve('FOLD-1', boxes[1], { name: 'Drummond, Antônio Conceição' });
    await run('activateClient', { contractCode: 'FOLD-1' }, { user: 'Inês Gonçalves' });
    const both = ['client.activate', 'port.reserve'];
    for (const name of ['antonio drummond', 'CONCEICAO  antô', 'Drummond, Antônio'])
      expect(await foundBy(`client: "${name}"`)).toEqual(both);
    expect(await foundBy('client: "antonio drumond"')).toEqual([]);
    expect(await foundBy('cntUser: "goncalves ines"')).toEqual(['client.activate']);
    expect(await foundBy('client: "FOLD-1"')).toEqual(both);
  });

  it('finds a lead by its name and its telephone number, for who asked for it alone', async () => {
    const location = { lat: -19.46, lng: -44.25 };
    const create = (input: object) => run('createProspect', { location, ...input });
    await create({ name: 'Brandão, Estêvão'.normalize('NFD'), phone: '+55 (31) 99777-4321' });
    for (const text of ['estevao brandao', '(31) 99777-4321', '031 9777 4321'])
      expect(await foundBy(`client: "${text}"`)).toEqual(['prospect.create']);
    expect(await foundBy('client: "estevao brandao", contractCode: "FIND-17/2026"')).toEqual([]);
    expect(await foundBy('client: "99777-4322"')).toEqual([]);
    expect(await foundBy('client: "estevao brandao"', 'demo-norte')).toEqual([]);
  });

  it('is counted by state, over what is asked for', async () => {
    await reserve('COUNT-1', boxes[1]);
    await run('activateClient', { contractCode: 'COUNT-1' });
    await run('activateClient', { contractCode: 'COUNT-none' });
    const counted = async (filter: string) => {
      const { data, errors } = await subgraph.query<{ it: { state: string; count: number }[] }, object>(
        `{ it: integrationOperationCounts(filter: { ${filter} }) { state count } }`,
      );
      expect(errors).toEqual([]);
      return data?.it;
    };
    expect(await counted('contractCode: "COUNT-1"')).toEqual([{ state: 'APPLIED', count: 2 }]);
    expect(await counted('contractCodePart: "count-"')).toEqual([
      { state: 'APPLIED', count: 2 },
      { state: 'REFUSED', count: 1 },
    ]);
    expect(await counted('contractCodePart: "COUNT-", states: [REFUSED]')).toEqual([{ state: 'REFUSED', count: 1 }]);
    expect(await counted('contractCode: "COUNT-1", from: "2100-01-01T00:00:00Z"')).toEqual([]);
  });

  it('tells reservations that were made here from those of others', async () => {
    await reserve('HERE-1', boxes[1]);
    const other = plant.clients.find(({ implanted }) => !implanted);
    const { data } = await subgraph.query<Record<string, { madeHere: boolean; expiresAt: string | null }>, object>(
      `{ ours: reservation(contractCode: "HERE-1") { madeHere expiresAt } theirs: reservation(contractCode: "${other?.code}") { madeHere expiresAt } }`,
    );
    expect(data).toEqual({
      ours: { madeHere: true, expiresAt: null },
      theirs: { madeHere: false, expiresAt: null },
    });
  });

  it('takes a client for its own only as long as it is the very one that it made', async () => {
    const box = boxes[1];
    await reserve('HERE-2', box);
    const ours = (await readPlant(subgraph.emulator)).properties.find(({ client }) => client?.code === 'HERE-2');
    // Somebody deletes it, and sells the contract anew to a home that stood there already.
    const place = box && { box: box.id, coords: [besides(box).lng, besides(box).lat] };
    const { id } = await subgraph.emulator.api<{ id: string }>('properties', { method: 'POST', body: place });
    await subgraph.emulator.api(`properties/${ours?.id}`, { method: 'DELETE' });
    const client = { code: 'HERE-2' };
    const body = { client, auto_connect: true };
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await subgraph.emulator.api(`properties/${id}`, { method: 'PATCH', body });

    const document = '{ it: reservation(contractCode: "HERE-2") { madeHere expiresAt } }';
    const { data } = await subgraph.query<{ it: { madeHere: boolean } }, object>(document);
    expect(data?.it).toEqual({ madeHere: false, expiresAt: null });
    expect((await run('withdrawReservation', { contractCode: 'HERE-2' })).problem).toBeNull();
    const left = (await readPlant(subgraph.emulator)).properties.find((home) => home.id === id);
    expect(left).toMatchObject({ client: null });
  });
});

describe('When OZmap does not answer', () => {
  it('a write whose answer was lost is UNKNOWN, and found applied by reading', async () => {
    await reserve('LOST-1', boxes[2]);
    await subgraph.emulator.fault({ fault: 'reset-after', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const { problem } = await run('activateClient', { contractCode: 'LOST-1' });
    expect(problem).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN', operationId: expect.any(String) });
    expect(await ended(problem?.operationId ?? '')).toMatchObject({ state: 'APPLIED' });
    expect(await clientOf('LOST-1')).toMatchObject({ implanted: true });
  });

  it('a command that can wait is QUEUED and carried out when OZmap is back; one that takes a port is refused', async () => {
    await reserve('AWAY-1', boxes[3]);
    await subgraph.emulator.fault({ fault: 'status', status: 503 });
    const queued = await run('activateClient', { contractCode: 'AWAY-1' });
    expect(queued).toMatchObject({ client: null, problem: null, operation: { state: 'QUEUED' } });
    const refused = await run('reservePort', {
      contractCode: 'AWAY-2',
      boxId: boxes[3]?.id,
      location: { lat: 1, lng: 1 },
    });
    expect(refused.problem?.code).toBe('UPSTREAM_UNAVAILABLE');
    await subgraph.emulator.clearFaults();
    expect(await ended(queued.operation?.id ?? '')).toMatchObject({ state: 'APPLIED' });
    expect(await clientOf('AWAY-1')).toMatchObject({ implanted: true });
  });
});

describe('A cancellation', () => {
  it('shows its plan, insists on it, and can be taken back', async () => {
    await reserve('PLAN-1', boxes[4]);
    await run('activateClient', { contractCode: 'PLAN-1' });
    const plan = async () =>
      (
        await subgraph.query<{ it: { fingerprint: string; steps: { effect: string; what: string }[] } }, object>(
          '{ it: cancellationPlan(contractCode: "PLAN-1") { fingerprint problem { code } steps { effect what id detail } } }',
        )
      ).data?.it;
    const before = await plan();
    expect(before?.steps).toContainEqual(expect.objectContaining({ effect: 'DELETED', what: 'client' }));

    await run('updateClient', { contractCode: 'PLAN-1', name: 'Outro nome', observation: 'mudou' });
    const stale = { contractCode: 'PLAN-1', planFingerprint: 'not-the-plan' };
    expect((await run('cancelClient', stale)).problem).toMatchObject({ code: 'CONFLICT', reason: 'PLAN_CHANGED' });
    const fresh = await plan();
    const done = await run('cancelClient', { contractCode: 'PLAN-1', planFingerprint: fresh?.fingerprint });
    expect([done.problem, await clientOf('PLAN-1')]).toEqual([null, undefined]);

    const undone = await run('undoCancellation', { operationId: done.operation?.id });
    expect(undone).toMatchObject({
      problem: null,
      client: { status: 'ACTIVE', connection: { box: { id: boxes[4]?.id } } },
    });
    expect(await clientOf('PLAN-1')).toMatchObject({ implanted: true, name: 'Outro nome' });
  });
});

describe('A client that moves', () => {
  it('hangs on another box afterwards, with its old port free', async () => {
    const [, , , , , from, to] = boxes;
    await reserve('MOVE-1', from);
    const other = await neighbourOf(from);
    const moved = await run('changePort', { contractCode: 'MOVE-1', boxId: other });
    expect(moved).toMatchObject({ problem: null, client: { connection: { box: { id: other } } } });

    await run('activateClient', { contractCode: 'MOVE-1' });
    const relocated = await run('relocateClient', {
      contractCode: 'MOVE-1',
      boxId: to?.id,
      location: to && besides(to),
      address: 'Rua Nova, 2',
    });
    expect(relocated).toMatchObject({
      problem: null,
      client: { status: 'ACTIVE', connection: { box: { id: to?.id } } },
      oldProperty: { observation: expect.stringContaining('[CNT MOVE-1]') },
    });
  });
});

describe('An address that cannot be served', () => {
  it('becomes a lead in OZmap', async () => {
    const {
      prospect,
      problem,
      operation: made,
    } = await run('createProspect', {
      name: 'Interessado',
      phone: '31 0000-0000',
      location: { lat: -19.9, lng: -44.9 },
    });
    expect([problem, made?.state]).toEqual([null, 'APPLIED']);
    expect(await subgraph.emulator.api(`prospects/${prospect?.id}`)).toMatchObject({ name: 'Interessado' });
  });

  it('keeps its texts trimmed and composed, as every command does', async () => {
    const location = { lat: -19.92, lng: -44.92 };
    const { prospect } = await run('createProspect', { name: ' Si\u0301tio  ', phone: ' 31 3333-0000', location });
    const lead = await subgraph.emulator.api(`prospects/${prospect?.id}`);
    expect(lead).toMatchObject({ name: 'S\u00edtio', phone: '31 3333-0000' });
  });

  it('is one lead however often it is asked for with the same key, and no other lead under that key', async () => {
    const lead = { name: 'Sítio Boa Hora', location: { lat: -19.91, lng: -44.91 }, idempotencyKey: 'lead-1' };
    const first = await run('createProspect', lead);
    const again = await run('createProspect', lead);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ problem: null, prospect: { id: expect.any(String) } });

    const other = await run('createProspect', { ...lead, phone: '31 0000-0001' });
    expect(other).toMatchObject({ prospect: null, problem: { code: 'IDEMPOTENCY_MISMATCH' } });
    const leads = await subgraph.emulator.all<{ id: string; name: string }>('prospects');
    expect(leads.filter(({ name }) => name === lead.name).map(({ id }) => id)).toEqual([first.prospect?.id]);
  });
});
