import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startJournalled } from '../../support/journalled.js';
import { besides } from '../../support/plant.js';
import { cancelledHomes, readBack } from '../../support/read-back.js';
import { Referee } from '../../support/referee.js';
import { HELD, type Json, startDeclaring } from './declaring.js';

const RECIPE = readFileSync(join(import.meta.dirname, '../../../docs/recipes/declare-a-contract.md'), 'utf8');

/** Every case of the recipe's table: what is declared, what OZmap holds, and what comes of it. */
const CASES = [...RECIPE.matchAll(/^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$/gm)].flatMap(([, declared = '', ...cells]) =>
  HELD.map((held, at) => [declared, held, cells[at] ?? ''] as const),
);

const journalled = await startDeclaring();
const { ozmap, ask, declare, aContract, implanted, writes } = journalled;
afterEach(() => ozmap.clearFaults());
afterAll(() => journalled.stop());

const codesOf = ({ warnings }: Json) => (warnings as { code: string }[]).map(({ code }) => code);

describe('A state that is declared', () => {
  it('the recipe has every case', () => expect(CASES).toHaveLength(18));

  it.each(CASES)('%s, where OZmap holds %s: %s', async (state, held, expected) => {
    const code = await aContract(held);
    const before = { implanted: await implanted(code), writes: await writes() };
    const { status, body } = await declare(code, state);
    if (expected.startsWith('409')) {
      expect([status, [body.code, body.reason]]).toEqual([409, expect.arrayContaining([expected.slice(4)])]);
      expect(await writes()).toBe(before.writes);
      expect(await implanted(code)).toBe(before.implanted);
      return;
    }
    const [command = '', ...warnings] = expected.split(', ');
    expect([status, body.carriedOut, codesOf(body)]).toEqual([200, command === 'nothing' ? [] : [command], warnings]);
    const after: Record<string, boolean | null> = { nothing: before.implanted, 'client.activate': true };
    expect(await implanted(code)).toBe(after[command] ?? null);
    if (command === 'nothing') expect(await writes()).toBe(before.writes);
    // Once more it is so already.
    const again = await declare(code, state);
    expect([again.status, again.body.carriedOut]).toEqual([200, []]);
  });

  it.each([
    [1, 'reservation.withdraw'],
    ['199', 'reservation.withdraw'],
    ['200', 'client.activate'],
    [299, 'client.activate'],
    [300, null],
    ['303', null],
    [304, null],
    [305, null],
    ['suspenso', null],
    [399, null],
    [402, 'reservation.withdraw'],
  ])("is taken as CNT's number or word: %s of a reservation", async (state, command) => {
    const { status, body } = await declare(await aContract('RESERVED'), state);
    expect([status, body.carriedOut]).toEqual([200, command ? [command] : []]);
  });

  it.each([
    [{ state: 0 }],
    [{ state: 400 }],
    [{ state: 3.5 }],
    [{ state: -200 }],
    [{ state: 'GONE' }],
    [{}],
    [{ state: true }],
    [{ state: 'ACTIVE', at: 'ontem' }],
    [{ state: 'ACTIVE', at: new Date(Date.now() + 2 * 86_400_000).toISOString() }],
  ])('is 400 where nobody can know what is meant: %j', async (body) => {
    const answer = await ask('PUT', '/contracts/D-bad/state', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('keeps a home whose contract was cancelled, with the mark, and the drop of a blocked one on its port', async () => {
    const [blocked, cancelled] = [await aContract('ACTIVE'), await aContract('ACTIVE')];
    const before = (await ask('GET', `/contracts/${blocked}`)).body;
    await declare(blocked, 300);
    await declare(cancelled, 'CANCELLED');
    expect((await ask('GET', `/contracts/${blocked}`)).body).toEqual(before);
    expect(before).toMatchObject({ state: 'ACTIVE', port: expect.any(Number) });
    const homes = await ozmap.all<{ observation: string | null }>('properties');
    expect(homes.filter(({ observation }) => observation?.includes(`[CNT ${cancelled}]`))).toHaveLength(1);
  });

  it('brings name and observation along, in a form as well', async () => {
    const code = await aContract('RESERVED');
    const { body } = await ask('PUT', `/contracts/${code}/state`, 'state=200&name=Jos%C3%A9&observation=Fibra+500');
    expect(body).toMatchObject({
      state: 'ACTIVE',
      name: 'José',
      observation: 'Fibra 500',
      carriedOut: ['client.activate', 'client.update'],
    });
    const renamed = await declare(code, 'BLOCKED', { name: 'José da Silva' });
    expect(renamed.body).toMatchObject({ name: 'José da Silva', carriedOut: ['client.update'] });
  });

  it.each([
    ['a declaration', 'PUT', '/state', { state: 'AWAITING_ACTIVATION' }],
    ['an update', 'PATCH', '', {}],
  ] as const)('writes trimmed and composed texts, and clears by blanks, in %s', async (_, method, below, body) => {
    const route = `/contracts/${await aContract('RESERVED')}${below}`;
    const named = await ask(method, route, { ...body, name: ' Jose\u0301 ', observation: ' fibra\n' });
    expect([named.status, named.body]).toMatchObject([200, { name: 'José', observation: 'fibra' }]);
    const cleared = await ask(method, route, { ...body, name: '  ', observation: ' \n' });
    expect([cleared.status, cleared.body]).toMatchObject([200, { name: null, observation: null }]);
  });

  it('does not undo a newer one: by `at`, or by the time at which it came', async () => {
    const code = await aContract('RESERVED');
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await declare(code, 'ACTIVE', { at: at(-10) });
    const older = await declare(code, 'CANCELLED', { at: at(-20) });
    expect([older.status, older.body.carriedOut, codesOf(older.body)]).toEqual([200, [], ['OLDER_DECLARATION']]);
    expect(older.body.state).toBe('ACTIVE');
    await declare(code, 'ACTIVE');
    expect(codesOf((await declare(code, 'CANCELLED', { at: at(-5) })).body)).toEqual(['OLDER_DECLARATION']);
    expect((await declare(code, 'CANCELLED', { at: at(1) })).body.carriedOut).toEqual(['client.cancel']);
  });

  it('of the same time as another counts when it came later', async () => {
    const code = await aContract('RESERVED');
    const at = new Date(Date.now() - 60_000).toISOString();
    expect((await declare(code, 'BLOCKED', { at })).body.carriedOut).toEqual([]);
    expect((await declare(code, 'ACTIVE', { at })).body.carriedOut).toEqual(['client.activate']);
    expect((await declare(code, 'CANCELLED', { at })).body.carriedOut).toEqual(['client.cancel']);
  });

  it('that does not say when it was so is newer than all that came before it, also by a clock that is ahead', async () => {
    const code = await aContract('RESERVED');
    const ahead = new Date(Date.now() + 3 * 3_600_000).toISOString();
    await declare(code, 'ACTIVE', { at: ahead });
    const now = await declare(code, 'CANCELLED');
    expect([now.body.carriedOut, codesOf(now.body)]).toEqual([['client.cancel'], []]);
    // By that clock it stays the newest.
    const late = await declare(code, 'ACTIVE', { at: new Date().toISOString() });
    expect(codesOf(late.body)).toEqual(['OLDER_DECLARATION']);
  });

  it('of an older time changes neither name nor observation', async () => {
    const code = await aContract('RESERVED');
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await declare(code, 200, { at: at(1), name: 'Nova' });
    const { body } = await declare(code, 200, { at: at(2), name: 'Velha', observation: 'velha' });
    expect([body.carriedOut, codesOf(body), body.name]).toEqual([[], ['OLDER_DECLARATION'], 'Nova']);
    expect(await journalled.clientOf(code)).toMatchObject({ name: 'Nova' });
  });

  it('is one operation, under its key as well, whose cancellation can be undone', async () => {
    const code = await aContract('ACTIVE');
    const input = { contractCode: code, state: 'CANCELLED', idempotencyKey: `key-${code}` };
    const document = `mutation ($input: DeclareContractInput!) {
      declareContract(input: $input) { carriedOut operation { id action state } problem { code } } }`;
    const declared = await journalled.subgraph.query<{ declareContract: Json }, object>(document, { input });
    const again = await journalled.subgraph.query<{ declareContract: Json }, object>(document, { input });
    expect(again.data).toEqual(declared.data);
    const { operation, carriedOut } = { ...declared.data?.declareContract } as {
      operation: { id: string };
      carriedOut: unknown;
    };
    expect([carriedOut, operation]).toEqual([
      ['client.cancel'],
      { id: expect.any(String), action: 'contract.declare', state: 'APPLIED' },
    ]);
    expect((await journalled.run('undoCancellation', { operationId: operation.id })).problem).toBeNull();
    expect(await implanted(code)).toBe(true);
  });

  it('may be written as a text or a number in GraphQL', async () => {
    const code = await aContract('RESERVED');
    const asked = (state: string) =>
      journalled.subgraph.query<{ declareContract: { client: { contractState: string } } }, object>(
        `mutation { declareContract(input: { contractCode: "${code}", state: ${state} }) { client { contractState } } }`,
      );
    const states = [];
    for (const state of ['304', '"AWAITING_ACTIVATION"', '"active"', '299'])
      states.push((await asked(state)).data?.declareContract.client.contractState);
    expect(states).toEqual(['AWAITING_ACTIVATION', 'AWAITING_ACTIVATION', 'ACTIVE', 'ACTIVE']);
  });
});

it('A reservation reads as the state that would be declared of it', async () => {
  const [box] = journalled.boxes;
  if (!box) throw new Error('no box');
  const place = { boxId: box.id, ...besides(box) };
  const reserved = await ask('POST', '/reservations', { contractCode: 'D-words', ...place });
  const read = await ask('GET', '/contracts/D-words');
  expect([reserved.body.state, read.body.state]).toEqual(['AWAITING_ACTIVATION', 'AWAITING_ACTIVATION']);
});

it('What the policy does not allow is left as it is, and said: the state follows all the same', async () => {
  const strict = await startJournalled({ env: { UPDATE_CLIENT_NAME: 'false' }, boxes: 1 });
  onTestFinished(() => strict.stop());
  await strict.reserve('P-1', undefined, { name: 'Antiga' });
  const say = async (body: Json) => {
    const response = await fetch(`${strict.subgraph.url}/v1/contracts/P-1/state`, {
      method: 'PUT',
      headers: { authorization: 'demo', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Json;
    return [response.status, answer.carriedOut, codesOf(answer)];
  };
  expect([
    await say({ state: 'ACTIVE', name: 'Nova', observation: 'fibra' }),
    await say({ state: 'ACTIVE', name: 'Nova', observation: 'fibra' }),
    await say({ state: 'ACTIVE', name: 'Antiga' }),
  ]).toEqual([
    [200, ['client.activate', 'client.update'], ['NOT_UPDATED']],
    [200, [], ['NOT_UPDATED']],
    [200, [], []],
  ]);
  expect(await strict.clientOf('P-1')).toMatchObject({ implanted: true, name: 'Antiga', observation: 'fibra' });
});

it('A contract lives by declarations alone: name, box, port and state, as the official SDK reads them', async () => {
  const sdk = new Referee(ozmap.url);
  onTestFinished(() => sdk.stop());
  const code = await aContract('RESERVED');
  const held = await readBack(sdk, code);
  expect(held).toEqual({ implanted: false, name: '', box: expect.any(String), ports: [expect.any(Number)] });
  const seen: unknown[] = [];
  for (const state of [304, 200, 300, 200, 'CANCELLED']) {
    await declare(code, state, state === 200 ? { name: 'Inês Conceição' } : {});
    seen.push(await readBack(sdk, code));
  }
  const ines = { ...held, implanted: true, name: 'Inês Conceição' };
  expect(seen).toEqual([held, ines, ines, ines, null]);
  expect(await cancelledHomes(sdk, code)).toBe(1);
});
