import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ActivateClientDocument,
  CancelClientDocument,
  ReservationDocument,
  ReservePortDocument,
  UpdateClientDocument,
  ViabilityDocument,
  WithdrawReservationDocument,
} from '../../src/generated/operations.js';
import { type Plant, pick, type RestBox, type RestClient, type RestProperty, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let plant: Plant;
let box: RestBox;

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  plant = await readPlant(subgraph.emulator);
  box = await boxWithRoom(6);
});
afterAll(() => subgraph.stop());

/** A built box with so many free ports, whatever else was sold. */
async function boxWithRoom(ports: number): Promise<RestBox> {
  for (const each of plant.boxes.filter(({ certified, draft }) => certified && !draft)) {
    const { data } = await subgraph.query(ViabilityDocument, { input: { location: besides(each) } });
    const offer = data?.viability?.boxes.find((candidate) => candidate.box.id === each.id);
    if (offer && offer.freePorts >= ports) return each;
  }
  throw new Error('the plant is full');
}

/** Some metres from a box. */
function besides({ lat, lng }: RestBox): { lat: number; lng: number } {
  return { lat: lat + 0.0001, lng: lng + 0.0001 };
}

const clientOf = async (code: string) =>
  (await subgraph.emulator.all<RestClient>('ftth-clients')).find((client) => client.code === code);
const homeWith = async (id: string) =>
  (await subgraph.emulator.all<RestProperty & { observation: string | null }>('properties')).find(
    (home) => home.id === id,
  );

async function reserve(contractCode: string) {
  const input = { contractCode, boxId: box.id, location: besides(box), name: 'Maria', address: 'Rua A, 1' };
  const { data, errors } = await subgraph.query(ReservePortDocument, { input });
  expect([errors, data?.reservePort?.problem]).toEqual([[], null]);
  return data?.reservePort?.reservation;
}

describe('A contract from reservation to cancellation', () => {
  it('is reserved, activated, renamed and cancelled; its home stays with the code, and can be sold again', async () => {
    const reservation = await reserve('GQL-1');
    expect(reservation).toMatchObject({
      contractCode: 'GQL-1',
      client: { status: 'RESERVED', name: 'Maria' },
      connection: { equipment: { kind: 'SPLITTER' }, port: expect.any(Number), box: { id: box.id } },
      property: { address: 'Rua A, 1', drop: { connected: true } },
    });
    expect(await clientOf('GQL-1')).toMatchObject({ implanted: false });

    const activated = await subgraph.query(ActivateClientDocument, { input: { contractCode: 'GQL-1' } });
    expect(activated.data?.activateClient).toMatchObject({ client: { status: 'ACTIVE' }, problem: null, warnings: [] });
    expect((await subgraph.query(ReservationDocument, { contractCode: 'GQL-1' })).data?.reservation).toBeNull();

    const updated = await subgraph.query(UpdateClientDocument, {
      input: { contractCode: 'GQL-1', observation: 'cliente novo', name: 'Maria S.' },
    });
    expect(updated.data?.updateClient).toMatchObject({
      client: { name: 'Maria S.', observation: 'cliente novo' },
      problem: null,
    });

    const cancelled = await subgraph.query(CancelClientDocument, { input: { contractCode: 'GQL-1' } });
    const propertyId = reservation?.property?.id ?? '';
    expect(cancelled.data?.cancelClient).toMatchObject({
      property: {
        id: propertyId,
        client: null,
        observation: expect.stringMatching(/\[CNT GQL-1\] cancelado /),
        drop: { connected: true },
      },
      problem: null,
    });
    expect([await clientOf('GQL-1'), await homeWith(propertyId)]).toMatchObject([undefined, { client: null }]);

    const again = await subgraph.query(ReservePortDocument, { input: { contractCode: 'GQL-2', propertyId } });
    expect(again.data?.reservePort).toMatchObject({ reservation: { property: { id: propertyId } }, problem: null });
  });

  it('leaves nothing when the client gives up before activation', async () => {
    const reservation = await reserve('GQL-3');
    const withdrawn = await subgraph.query(WithdrawReservationDocument, { input: { contractCode: 'GQL-3' } });
    expect(withdrawn.data?.withdrawReservation).toEqual({ contractCode: 'GQL-3', problem: null, warnings: [] });
    expect([await clientOf('GQL-3'), await homeWith(reservation?.property?.id ?? '')]).toEqual([undefined, undefined]);
  });

  it('frees the port when the cancellation says so; a client without connected drop is activated with a warning', async () => {
    const reservation = await reserve('GQL-4');
    await subgraph.query(ActivateClientDocument, { input: { contractCode: 'GQL-4' } });
    const { data } = await subgraph.query(CancelClientDocument, {
      input: { contractCode: 'GQL-4', disconnectDrop: true },
    });
    expect(data?.cancelClient).toMatchObject({ property: { drop: { connected: false } }, problem: null });

    await subgraph.emulator.api(`properties/${reservation?.property?.id}`, {
      method: 'PATCH',
      body: { client: { code: 'GQL-9' }, auto_connect: false },
    });
    const activated = await subgraph.query(ActivateClientDocument, { input: { contractCode: 'GQL-9' } });
    expect(activated.data?.activateClient).toMatchObject({
      client: { status: 'ACTIVE' },
      warnings: [{ code: 'DROP_DISCONNECTED', message: expect.stringContaining('não está conectado') }],
    });
  });
});

describe('A refusal of a mutation', () => {
  it('is a problem with code, reason and a Portuguese sentence, and no top-level error', async () => {
    await reserve('GQL-5');
    const { data, errors, status } = await subgraph.query(CancelClientDocument, { input: { contractCode: 'GQL-5' } });
    expect([errors, status]).toEqual([[], 200]);
    expect(data?.cancelClient).toMatchObject({
      property: null,
      problem: { code: 'CONFLICT', reason: 'NOT_ACTIVE', message: expect.stringContaining('não está implantado') },
    });
    const again = await subgraph.query(ReservePortDocument, {
      input: { contractCode: 'GQL-5', boxId: box.id, location: besides(box) },
    });
    expect(again.data?.reservePort?.problem).toMatchObject({ code: 'CONFLICT', reason: 'CODE_IN_USE' });
  });

  it('says why a box is not offered', async () => {
    const draft = pick(plant.boxes, (each) => each.draft);
    const { data } = await subgraph.query(ReservePortDocument, {
      input: { contractCode: 'GQL-6', boxId: draft.id, location: besides(draft) },
    });
    expect(data?.reservePort?.problem).toMatchObject({ code: 'CONFLICT', reason: 'BOX_NOT_OFFERED' });
  });

  it('is NOT_FOUND for a contract that OZmap does not know', async () => {
    for (const document of [ActivateClientDocument, CancelClientDocument, WithdrawReservationDocument]) {
      const { text } = await subgraph.query(String(document), { input: { contractCode: 'no-such-contract' } });
      expect(text).toContain('"code":"NOT_FOUND"');
    }
  });

  it('does not write what a token may not see', async () => {
    const north = plant.projects.get('Norte');
    const hidden = pick(plant.boxes, (each) => each.project !== north && each.certified);
    const { data } = await subgraph.query(
      ReservePortDocument,
      { input: { contractCode: 'GQL-7', boxId: hidden.id, location: besides(hidden) } },
      { token: 'demo-norte' },
    );
    expect(data?.reservePort?.problem?.code).toBe('CONFLICT');
    expect(await clientOf('GQL-7')).toBeUndefined();
  });
});

describe('Several mutations in one request', () => {
  it('each show what stands after them', async () => {
    await reserve('GQL-8');
    const { data } = await subgraph.query<
      Record<string, { client: { name: string; status: string } }>,
      unknown
    >(`mutation {
      a: updateClient(input: { contractCode: "GQL-8", name: "A" }) { client { name status property { id client { name } } } }
      b: activateClient(input: { contractCode: "GQL-8" }) { client { name status property { client { status name } } } }
    }`);
    expect(data).toMatchObject({
      a: { client: { name: 'A', status: 'RESERVED', property: { client: { name: 'A' } } } },
      b: { client: { name: 'A', status: 'ACTIVE', property: { client: { status: 'ACTIVE' } } } },
    });
  });
});
