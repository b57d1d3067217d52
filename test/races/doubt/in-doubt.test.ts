import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import type { Fault } from '../../support/emulator-control.js';
import { type Journalled, type Payload, startJournalled } from '../../support/journalled.js';
import { besides, type RestBox, type RestClient, type RestProperty } from '../../support/plant.js';
import { until } from '../../support/until.js';
import { takeInventory } from '../inventory.js';
import { ThirdParty } from '../third-party.js';

/** Later than the first look at a write in doubt, sooner than it counts as not applied. */
const SETTLE_S = '3';
const LATE_MS = 1_500;

/** What a row has at hand: an active client at home in one box, another box, and the code of somebody else. */
interface Scene {
  code: string;
  other: string;
  here: RestBox;
  there: RestBox;
  /** Of the client. */
  home: RestProperty;
  /** Another port of its splitter. */
  free: { splitterId: string | undefined; port: number };
  /** The operation that cancelled it, where it is cancelled. */
  cancelled: string;
}
interface RestSplitter {
  id: string;
  parent: string;
  isDrop: boolean;
  connectables: { output: (string | null)[] };
}
type Asked = [mutation: string, input: (scene: Scene) => object];
type Lost = Pick<Fault, 'fault' | 'lateMs'> & { method: string; path?: string };

const relocate: Asked = [
  'relocateClient',
  ({ code, there }) => ({ contractCode: code, boxId: there.id, location: besides(there) }),
];
const changePort: Asked = ['changePort', ({ code, here, free }) => ({ contractCode: code, boxId: here.id, ...free })];
const cancel: Asked = ['cancelClient', ({ code }) => ({ contractCode: code, disconnectDrop: true })];
const undo: Asked = ['undoCancellation', ({ cancelled }) => ({ operationId: cancelled })];
const activate: Asked = ['activateClient', ({ code }) => ({ contractCode: code })];
const transfer: Asked = [
  'transferClient',
  ({ code, other }) => ({ contractCode: code, newContractCode: other, name: 'Nova' }),
];
const takeOver: Asked = ['reservePort', ({ other, home }) => ({ contractCode: other, propertyId: home.id })];
const sellHere: Asked = [
  'reservePort',
  ({ other, here }) => ({ contractCode: other, boxId: here.id, location: besides(here) }),
];
const sellAgain: Asked = [
  'reservePort',
  ({ code, there }) => ({ contractCode: code, boxId: there.id, location: besides(there) }),
];

const before = (method: string, path?: string): Lost => ({ fault: 'reset-before', method, ...(path && { path }) });
const after = (method: string, path?: string): Lost => ({ fault: 'reset-after', method, ...(path && { path }) });
const late = (method: string, path?: string): Lost => ({
  fault: 'late',
  lateMs: LATE_MS,
  method,
  ...(path && { path }),
});
const CREATE = '^/api/v2/properties$';

/** First command, the write of it that goes wrong, whether the contract is cancelled before; second command; what its caller is told. */
const PAIRS: [first: Asked, lost: Lost, start: 'active' | 'cancelled' | 'reserved', second: Asked, told: string][] = [
  [relocate, before('POST', CREATE), 'active', takeOver, 'BUSY'],
  [relocate, late('POST', CREATE), 'active', takeOver, 'BUSY'],
  [relocate, after('PATCH'), 'active', takeOver, 'BUSY'],
  [relocate, after('POST', CREATE), 'active', cancel, 'IN_PROGRESS'],
  [cancel, after('DELETE'), 'active', takeOver, 'BUSY'],
  [cancel, late('POST'), 'active', sellHere, 'BUSY'],
  [cancel, late('DELETE'), 'active', sellAgain, 'IN_PROGRESS'],
  [undo, late('PATCH'), 'cancelled', takeOver, 'BUSY'],
  [undo, before('PATCH'), 'cancelled', sellHere, 'BUSY'],
  [undo, after('PATCH'), 'cancelled', sellAgain, 'IN_PROGRESS'],
  [changePort, late('PATCH'), 'active', sellHere, 'BUSY'],
  [changePort, after('PATCH'), 'active', relocate, 'IN_PROGRESS'],
  [['withdrawReservation', ({ code }) => ({ contractCode: code })], late('DELETE'), 'reserved', sellHere, 'BUSY'],
  [
    takeOver,
    late('PATCH'),
    'cancelled',
    ['reservePort', ({ home }) => ({ contractCode: 'THIRD', propertyId: home.id })],
    'BUSY',
  ],
  [takeOver, before('PATCH'), 'cancelled', undo, 'BUSY'],
  [activate, late('PATCH'), 'reserved', cancel, 'IN_PROGRESS'],
  [transfer, late('PATCH'), 'active', cancel, 'IN_PROGRESS'],
  [transfer, before('PATCH'), 'active', sellHere, 'IN_PROGRESS'],
  [transfer, after('PATCH'), 'active', relocate, 'IN_PROGRESS'],
];

const AT_ONCE = 5;
const ROWS = PAIRS.map((pair, n) => ({
  n,
  pair,
  name: `${pair[0][0]} (${pair[1].fault} ${pair[1].method}), ${pair[3][0]}`,
}));

/** Each with a service of its own: they wait most of the time. */
const STAGES: { rows: typeof ROWS; besides?: 'relocations' | 'undos' }[] = [
  ...Array.from({ length: AT_ONCE }, (_, at) => ({ rows: ROWS.filter(({ n }) => n % AT_ONCE === at) })),
  { rows: [], besides: 'relocations' },
  { rows: [], besides: 'undos' },
];

describeAtOnce(STAGES, 'While the write of one command is in doubt', ({ rows, besides: more }) => {
  let it_: Journalled & { stop(): Promise<void> };
  let nextBox = 0;
  let standing: Set<string>;
  beforeAll(async () => {
    it_ = await startJournalled({ env: { OUTCOME_SETTLE_S: SETTLE_S }, boxes: 6 });
    standing = new Set((await it_.subgraph.emulator.all<RestProperty>('properties', 'id')).map(({ id }) => id));
  });
  // Few boxes have room: each row leaves them as they were.
  afterEach(async () => {
    const { emulator } = it_.subgraph;
    await emulator.clearFaults();
    for (const { id } of await emulator.all<RestProperty>('properties', 'id'))
      if (!standing.has(id)) await emulator.api(`properties/${id}`, { method: 'DELETE' });
  });
  afterAll(() => it_?.stop());

  async function stage(code: string, start: 'active' | 'cancelled' | 'reserved'): Promise<Scene> {
    const { boxes, subgraph } = it_;
    const [here, there] = [boxes[nextBox % boxes.length], boxes[(nextBox + 1) % boxes.length]] as [RestBox, RestBox];
    nextBox += 2;
    await it_.reserve(code, here);
    if (start !== 'reserved') await it_.run('activateClient', { contractCode: code });
    const homes = await subgraph.emulator.all<RestProperty>('properties');
    const home = homes.find(({ client }) => client?.code === code) as RestProperty;
    const free = await freePortOf(home.connections[0]?.id);
    const ended =
      start === 'cancelled' ? await it_.run('cancelClient', { contractCode: code, disconnectDrop: true }) : null;
    return { code, other: `${code}-OTHER`, here, there, home, free, cancelled: ended?.operation?.id ?? '' };
  }

  async function freePortOf(splitterId: string | undefined) {
    const splitters = await it_.subgraph.emulator.all<RestSplitter>('splitters', 'parent,isDrop,connectables');
    const output = splitters.find(({ id }) => id === splitterId)?.connectables.output ?? [];
    return { splitterId, port: output.indexOf(null) + 1 };
  }

  const ask = (scene: Scene, [mutation, input]: Asked): Promise<Payload> => it_.run(mutation, input(scene));
  const isOffered = async ({ home, here }: Pick<Scene, 'home' | 'here'>): Promise<boolean> => {
    const { data } = await it_.subgraph.query<{ viability: { reusableProperties: { id: string }[] } }, object>(
      'query ($input: ViabilityInput!) { viability(input: $input) { reusableProperties { id } } }',
      { input: { location: { lat: home.lat ?? here.lat, lng: home.lng ?? here.lng } } },
    );
    return (data?.viability.reusableProperties ?? []).some(({ id }) => id === home.id);
  };

  /** Each client of these codes in one home on one port, which is nobody else's; and who was refused has written nothing that stays. */
  async function expectSound(codes: readonly string[]): Promise<void> {
    const { emulator } = it_.subgraph;
    const homes = await emulator.all<RestProperty>('properties', 'connections,client');
    const clients = await emulator.all<RestClient>('ftth-clients', 'code');
    const ports = homes.flatMap(({ connections }) => connections.map(({ id, port }) => `${id} ${port}`));
    expect(ports.filter((port, at) => ports.indexOf(port) !== at)).toEqual([]);
    for (const { code } of clients.filter((client) => codes.includes(client.code))) {
      const lives = homes.filter(({ client }) => client?.code === code);
      expect([code, lives.length, lives[0]?.connections.length]).toEqual([code, 1, 1]);
    }
    for (const { id, state, steps } of (await Promise.all(codes.map((code) => it_.history(code)))).flat()) {
      const wrote =
        state === 'REFUSED' ? steps.filter(({ outcome }) => outcome === 'DONE' || outcome === 'UNKNOWN') : [];
      expect([id, wrote]).toEqual([id, []]);
    }
  }

  it.each(rows)(
    '$name: the second is told to wait, and both end soundly ($n)',
    async ({ n, pair: [first, lost, start, second, told] }) => {
      const { emulator } = it_.subgraph;
      const scene = await stage(`D${n}`, start);
      const { fault, lateMs, ...match } = lost;
      await emulator.fault({ fault, match, times: 1, ...(lateMs !== undefined && { lateMs }) });
      const doubted = await ask(scene, first);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      const refused = await ask(scene, second);
      if ((await it_.operation(doubted.problem?.operationId))?.state === 'UNKNOWN') {
        expect(refused).toMatchObject({ problem: { code: 'CONFLICT', reason: told } });
        if (told === 'BUSY' && start !== 'reserved') expect(await isOffered(scene)).toBe(false);
      }
      expect(['APPLIED', 'FAILED']).toContain((await it_.ended(doubted.problem?.operationId)).state);
      const again = await ask(scene, second);
      if (again.problem?.code === 'UPSTREAM_OUTCOME_UNKNOWN') await it_.ended(again.problem.operationId);
      await expectSound([scene.code, scene.other, 'THIRD']);
    },
    60_000,
  );

  if (more === 'relocations') {
    it('a relocation whose new port is sold meanwhile leaves the client in its old home, on its old port', async () => {
      const { emulator } = it_.subgraph;
      const scene = await stage('BACK', 'active');
      const splitters = await emulator.all<RestSplitter>('splitters', 'parent,isDrop,connectables');
      const there = splitters.find(
        ({ parent, isDrop, connectables }) => isDrop && parent === scene.there.id && connectables.output.includes(null),
      );
      const target = await freePortOf(there?.id);
      await emulator.fault({ fault: 'reset-before', match: { method: 'POST', path: CREATE }, times: 1 });
      const input = { contractCode: scene.code, boxId: scene.there.id, location: besides(scene.there), ...target };
      const doubted = await it_.run('relocateClient', input);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      expect(await isOffered(scene)).toBe(false);
      expect(await ask(scene, takeOver)).toMatchObject({ problem: { code: 'CONFLICT', reason: 'BUSY' } });
      await it_.reserve('BACK-BUYER', scene.there, target);
      // The old home is left only once the new one is there: nothing was changed.
      expect(await it_.ended(doubted.problem?.operationId)).toMatchObject({
        state: 'FAILED',
        problem: { code: 'UPSTREAM_UNAVAILABLE' },
      });
      const homes = await emulator.all<RestProperty>('properties');
      expect(homes.find(({ client }) => client?.code === 'BACK')).toMatchObject({
        id: scene.home.id,
        connections: scene.home.connections.map(({ id, port }) => ({ id, port })),
      });
      await expectSound(['BACK', 'BACK-BUYER', scene.other]);
    }, 60_000);

    it('the home that a relocation has just made is offered to nobody, and nobody takes it over', async () => {
      const { emulator } = it_.subgraph;
      const scene = await stage('NEW', 'active');
      await emulator.fault({ fault: 'reset-after', match: { method: 'POST', path: CREATE }, times: 1 });
      const doubted = await ask(scene, relocate);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      const made = (await emulator.all<RestProperty>('properties')).find(
        ({ id, box, client }) => !standing.has(id) && box === scene.there.id && !client,
      ) as RestProperty;
      expect(made.connections).toHaveLength(1);
      const taken = await it_.run('reservePort', { contractCode: scene.other, propertyId: made.id });
      if ((await it_.operation(doubted.problem?.operationId))?.state === 'UNKNOWN') {
        expect(taken).toMatchObject({ problem: { code: 'CONFLICT', reason: 'BUSY' } });
        expect(await isOffered({ home: made, here: scene.there })).toBe(false);
      }
      expect(await it_.ended(doubted.problem?.operationId)).toMatchObject({ state: 'APPLIED' });
      await expectSound([scene.code, scene.other]);
    }, 60_000);
  }

  if (more === 'undos')
    it.each([
      ['PATCH', 'properties', 2],
      ['DELETE', 'ftth-clients', 1],
    ])(
      'an undo that lost its port on the way takes all back, also by a %s that comes late',
      async (method, route, nth) => {
        const { emulator } = it_.subgraph;
        const scene = await stage(`UNDO-${method}`, 'cancelled');
        const left = (await takeInventory(emulator)).homes.get(scene.home.id);
        const readBack = { method: 'GET', path: '^/api/v2/properties\\?.*%22box%22', nth: 2 };
        await emulator.fault(
          { fault: 'delay', delayMs: LATE_MS, match: readBack, times: 1 },
          { fault: 'late', lateMs: LATE_MS, match: { method, path: `^/api/v2/${route}/`, nth }, times: 1 },
        );
        const doubted = ask(scene, undo);
        await until(async () => (await emulator.struck()) === 1);
        await new ThirdParty(emulator).pullOut(scene.code, scene.here);
        expect(await doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
        expect(await it_.ended((await doubted).problem?.operationId)).toMatchObject({
          state: 'FAILED',
          problem: { code: 'CONFLICT' },
        });
        const { homes, clients } = await takeInventory(emulator);
        const { history: _, updatedAt: __, ...is } = { history: [], updatedAt: '', ...homes.get(scene.home.id) };
        expect(left).toMatchObject(is);
        expect([...clients.values()].filter(({ code }) => code === scene.code)).toEqual([]);
        await expectSound([scene.code]);
      },
      60_000,
    );
});
