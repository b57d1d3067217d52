import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journalled, startJournalled } from '../support/journalled.js';
import { homesWithClient, pick } from '../support/plant.js';

const TTL_S = 4;

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let ozmap: Journalled['subgraph']['emulator'];

beforeAll(async () => {
  journalled = await startJournalled({
    env: { RESERVATION_TTL_HOURS: String(TTL_S / 3_600), OUTCOME_SETTLE_S: '1' },
    boxes: 3,
  });
  ozmap = journalled.subgraph.emulator;
});
afterAll(() => journalled.stop());

const trail = async (contractCode: string) =>
  (await journalled.history(contractCode)).map(({ action, actor, state }) => [action, actor, state]);

describe('With RESERVATION_TTL_HOURS, reservations', () => {
  it('carry their end, and are withdrawn by the system when it passes: client, home and port', async () => {
    const before = Date.now();
    const { reservation } = await journalled.reserve('EX-1', journalled.boxes[0]);
    const lastsMs = Date.parse(reservation?.expiresAt ?? '') - before;
    expect(lastsMs).toBeGreaterThan(TTL_S * 1_000 - 500);
    expect(lastsMs).toBeLessThan(TTL_S * 1_000 + 10_000);
    expect(await journalled.clientOf('EX-1')).toBeDefined();
    await expect
      .poll(() => trail('EX-1'))
      .toEqual([
        ['reservation.withdraw', 'system', 'APPLIED'],
        ['port.reserve', 'demo', 'APPLIED'],
      ]);
    expect(await journalled.clientOf('EX-1')).toBeUndefined();
    const left = await ozmap.all<{ box: string | null; client: { code: string } | null }>('properties');
    expect(left.filter(({ client }) => client?.code === 'EX-1')).toEqual([]);
    const { data } = await journalled.subgraph.query<{ reservation: object | null }, object>(
      '{ reservation(contractCode: "EX-1") { contractCode } }',
    );
    expect(data?.reservation).toBeNull();
  });

  it('stay when somebody activated them in OZmap itself, and the journal says that it left them', async () => {
    await journalled.reserve('EX-2', journalled.boxes[1]);
    const client = await journalled.clientOf('EX-2');
    await ozmap.api(`ftth-clients/${client?.id}`, { method: 'PATCH', body: { implanted: true } });
    await expect
      .poll(() => trail('EX-2'))
      .toEqual([
        ['reservation.withdraw', 'system', 'REFUSED'],
        ['port.reserve', 'demo', 'APPLIED'],
      ]);
    expect(await journalled.clientOf('EX-2')).toMatchObject({ id: client?.id, implanted: true });
  });

  it('of others are left alone: the whole plant is as it was', async () => {
    const reserved = homesWithClient(journalled.plant).filter(({ client }) => !client.implanted);
    expect(reserved.length).toBeGreaterThan(3);
    const one = pick(reserved, () => true);
    const { data } = await journalled.subgraph.query<{ reservation: object }, object>(
      `{ reservation(contractCode: "${one.client.code}") { madeHere expiresAt } }`,
    );
    expect(data?.reservation).toEqual({ madeHere: false, expiresAt: null });
    const codes = new Set((await ozmap.all<{ code: string }>('ftth-clients')).map(({ code }) => code));
    expect(reserved.filter(({ client }) => !codes.has(client.code))).toEqual([]);
  });
});
