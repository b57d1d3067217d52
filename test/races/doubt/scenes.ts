import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Fault } from '../../support/emulator-control.js';
import { type Journalled, type Payload, startJournalled } from '../../support/journalled.js';
import { besides, type RestBox, type RestClient, type RestProperty } from '../../support/plant.js';

/** Later than the first look at a write in doubt, sooner than it counts as not applied. */
const SETTLE_S = '3';
export const LATE_MS = 1_500;

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
export interface RestSplitter {
  id: string;
  parent: string;
  isDrop: boolean;
  connectables: { output: (string | null)[] };
}
export type Asked = [mutation: string, input: (scene: Scene) => object];
export type Lost = Pick<Fault, 'fault' | 'lateMs'> & { method: string; path?: string };

export const relocate: Asked = [
  'relocateClient',
  ({ code, there }) => ({ contractCode: code, boxId: there.id, location: besides(there) }),
];
export const changePort: Asked = [
  'changePort',
  ({ code, here, free }) => ({ contractCode: code, boxId: here.id, ...free }),
];
export const cancel: Asked = ['cancelClient', ({ code }) => ({ contractCode: code, disconnectDrop: true })];
export const undo: Asked = ['undoCancellation', ({ cancelled }) => ({ operationId: cancelled })];
export const activate: Asked = ['activateClient', ({ code }) => ({ contractCode: code })];
export const transfer: Asked = [
  'transferClient',
  ({ code, other }) => ({ contractCode: code, newContractCode: other, name: 'Nova' }),
];
export const takeOver: Asked = ['reservePort', ({ other, home }) => ({ contractCode: other, propertyId: home.id })];
export const sellHere: Asked = [
  'reservePort',
  ({ other, here }) => ({ contractCode: other, boxId: here.id, location: besides(here) }),
];
export const sellAgain: Asked = [
  'reservePort',
  ({ code, there }) => ({ contractCode: code, boxId: there.id, location: besides(there) }),
];

export const before = (method: string, path?: string): Lost => ({
  fault: 'reset-before',
  method,
  ...(path && { path }),
});
export const after = (method: string, path?: string): Lost => ({ fault: 'reset-after', method, ...(path && { path }) });
export const late = (method: string, path?: string): Lost => ({
  fault: 'late',
  lateMs: LATE_MS,
  method,
  ...(path && { path }),
});
export const CREATE = '^/api/v2/properties$';

/** A service of its own for the tests of a suite, and what they do with it all the time. Started and stopped with the suite. */
export function useScenes() {
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

  return {
    get service() {
      return it_;
    },
    /** Homes that stood there from the start. */
    get standing() {
      return standing;
    },
    stage,
    freePortOf,
    ask,
    isOffered,
    expectSound,
  };
}
