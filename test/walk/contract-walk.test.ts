import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ActivateClientDocument,
  BoxesDocument,
  CancelClientDocument,
  ReservePortDocument,
  type ReservePortInput,
  ViabilityDocument,
  WithdrawReservationDocument,
} from '../../src/generated/operations.js';
import { hasRealCity, REAL_CITY } from '../support/real-city.js';
import { Referee } from '../support/referee.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { clientWith, heldPorts, whatIsLeft } from '../support/what-is-left.js';

const realCity = hasRealCity('the walk is done in the generated town only');

const CITIES = [
  { name: 'the generated town', env: {}, around: { lat: -19.4658, lng: -44.2551 } },
  ...(realCity
    ? [{ name: 'a real city', env: { EMULATOR_CITY: REAL_CITY }, around: { lat: -19.9321, lng: -44.0539 } }]
    : []),
];

describe.each(CITIES)('A contract in $name', ({ env, around }) => {
  let subgraph: TestSubgraph;
  let sdk: Referee;
  let boxId: string;
  let location: { lat: number; lng: number };

  beforeAll(async () => {
    subgraph = await startTestSubgraph({ env });
    sdk = new Referee(subgraph.emulator.url);
    ({ boxId, location } = await placeToSell());
  }, 90_000);
  afterAll(async () => {
    sdk.stop();
    await subgraph.stop();
  });

  /** A place where the seller is offered a box with room for the whole walk. */
  async function placeToSell() {
    const near = await subgraph.query(BoxesDocument, { near: around, radiusM: 2_000, limit: 50 });
    for (const { box } of near.data?.boxes ?? []) {
      const at = { lat: (box.lat ?? 0) + 0.0001, lng: (box.lng ?? 0) + 0.0001 };
      const { data } = await subgraph.query(ViabilityDocument, { input: { location: at } });
      const offer = data?.viability?.boxes.find((each) => each.box.id === box.id && each.freePorts >= 3);
      if (offer) return { boxId: box.id, location: at };
    }
    throw new Error('no box with three free ports around here');
  }

  const left = () => whatIsLeft(sdk, boxId);

  async function reserve(input: Partial<ReservePortInput> & { contractCode: string }) {
    const place = input.propertyId ? {} : { boxId, location, address: 'Rua do Teste, 1' };
    const { data, errors } = await subgraph.query(ReservePortDocument, {
      input: { ...place, name: 'Cliente', ...input },
    });
    expect([errors, data?.reservePort?.problem]).toEqual([[], null]);
    return data?.reservePort?.reservation?.property?.id ?? '';
  }
  async function activate(contractCode: string) {
    const { data } = await subgraph.query(ActivateClientDocument, { input: { contractCode } });
    expect(data?.activateClient).toMatchObject({ problem: null, client: { status: 'ACTIVE' } });
    expect(await clientWith(sdk, contractCode)).toMatchObject({ implanted: true });
  }
  async function cancel(contractCode: string, disconnectDrop: boolean) {
    const { data } = await subgraph.query(CancelClientDocument, { input: { contractCode, disconnectDrop } });
    expect(data?.cancelClient?.problem).toBeNull();
  }

  it('that is cancelled leaves its home with the code in the observation, its drop and its port', async () => {
    const before = await left();
    const home = await reserve({ contractCode: 'WALK-1' });
    expect(await clientWith(sdk, 'WALK-1')).toMatchObject({ implanted: false, name: 'Cliente' });
    expect(heldPorts(await left())).toBe(heldPorts(before) + 1);

    await activate('WALK-1');
    const active = await left();
    await cancel('WALK-1', false);

    expect(await clientWith(sdk, 'WALK-1')).toBeUndefined();
    const after = await left();
    expect(after.ports).toEqual(active.ports);
    expect(after.drops).toEqual(active.drops);
    expect(after.homes).toEqual({
      ...active.homes,
      [home]: {
        ...active.homes[home],
        code: null,
        observation: expect.stringMatching(/^\[CNT WALK-1\] cancelado \d{4}-\d\d-\d\d$/),
      },
    });
  });

  it('takes over a kept home with its drop and port, and gives them back as they were when it is withdrawn', async () => {
    const before = await left();
    const [home] = Object.entries(before.homes).find(([, { observation }]) => observation?.includes('WALK-1')) ?? [];
    await reserve({ contractCode: 'WALK-2', propertyId: home ?? '' });
    const taken = await left();
    expect([taken.ports, taken.drops]).toEqual([before.ports, before.drops]);
    expect(taken.homes[home ?? '']?.code).toBe('WALK-2');

    const { data } = await subgraph.query(WithdrawReservationDocument, { input: { contractCode: 'WALK-2' } });
    expect(data?.withdrawReservation?.problem).toBeNull();
    expect(await clientWith(sdk, 'WALK-2')).toBeUndefined();
    expect(await left()).toEqual(before);
  });

  it('that is cancelled with its drop disconnected frees the port and leaves home and drop', async () => {
    const before = await left();
    const home = await reserve({ contractCode: 'WALK-3' });
    await activate('WALK-3');
    const active = await left();
    await cancel('WALK-3', true);

    const after = await left();
    expect(after.ports).toEqual(before.ports);
    expect(after.drops).toEqual(active.drops);
    expect(after.homes[home]).toMatchObject({ code: null, observation: expect.stringContaining('[CNT WALK-3]') });
    expect(await clientWith(sdk, 'WALK-3')).toBeUndefined();
  });

  it('that is withdrawn before activation leaves nothing at all', async () => {
    const before = await left();
    const home = await reserve({ contractCode: 'WALK-4' });
    expect((await left()).homes[home]?.code).toBe('WALK-4');
    const { data } = await subgraph.query(WithdrawReservationDocument, { input: { contractCode: 'WALK-4' } });
    expect(data?.withdrawReservation).toMatchObject({ problem: null, contractCode: 'WALK-4' });
    expect(await clientWith(sdk, 'WALK-4')).toBeUndefined();
    expect(await left()).toEqual(before);
  });
});
