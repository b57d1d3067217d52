import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEND } from '../../src/domain/write.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import type { Box, Ozmap, OzmapConnector, Property, Splitter } from '../../src/ozmap/types.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

let emulator: TestEmulator;
let connector: OzmapConnector;
let ozmap: Ozmap;
let box: Box;
let splitter: Splitter;
let freePort: number;
let nth = 0;

beforeAll(async () => {
  emulator = await startTestEmulator();
  connector = createOzmap({ url: emulator.url, timeoutMs: 1_000 });
  ozmap = connector.as('demo');
});
afterAll(async () => {
  connector.stop();
  await emulator.stop();
});
/** A sellable box with a free port on a service splitter. */
beforeEach(async () => {
  await emulator.clearFaults();
  const { body } = await emulator.api<{ rows: { id: string }[] }>('GET', 'boxes?limit=-1');
  const boxes = (await ozmap.findBoxesByIds(body.rows.map(({ id }) => id))).filter(({ draft }) => !draft);
  for (const candidate of await ozmap.findSplittersByBoxIds(boxes.map(({ id }) => id))) {
    const free = candidate.outputs.findIndex((fiber, i) => fiber === null && !candidate.blocked[i]);
    const parent = boxes.find(({ id }) => id === candidate.parentId);
    if (!candidate.isDrop || free < 0 || !parent?.location) continue;
    [box, splitter, freePort] = [parent, candidate, free + 1];
    return;
  }
  throw new Error('the plant is full');
});

async function reserve(): Promise<{ home: Property; code: string }> {
  nth += 1;
  const code = `W-${nth}`;
  const at = box.location ?? { lat: 0, lng: 0 };
  const { value } = await ozmap
    .createProperty({
      address: 'Rua das Acácias, 7',
      boxId: box.id,
      location: { lat: at.lat + 1e-4, lng: at.lng },
      client: { code, name: 'Maria', implanted: false },
      autoConnect: true,
      connectorId: splitter.id,
      port: freePort,
    })
    [SEND]();
  return { home: value, code };
}

async function homeOf(id: string): Promise<Property | undefined> {
  return (await ozmap.findPropertiesByIds([id]))[0];
}

describe('against the embedded OZmap', () => {
  it('a reservation takes the port that was named, and is found by its code', async () => {
    const { home, code } = await reserve();
    const [client] = await ozmap.findClientsByCodes([code]);
    expect(client).toMatchObject({ code, name: 'Maria', implanted: false });
    const back = await homeOf(home.id);
    expect(back).toMatchObject({ boxId: box.id, clientId: client?.id, projectId: box.projectId });
    expect(back?.connections).toMatchObject([{ id: splitter.id, kind: 'Splitter', port: freePort }]);
    expect((await ozmap.findSplittersByIds([splitter.id]))[0]?.outputs[freePort - 1]).toBe(
      back?.connections[0]?.fiberId,
    );
  });

  it('activation and updates arrive; a cleared text is read as none', async () => {
    const { code } = await reserve();
    const id = (await ozmap.findClientsByCodes([code]))[0]?.id ?? '';
    await ozmap.updateClient(id, { implanted: true, observation: 'portão azul' })[SEND]();
    expect((await ozmap.findClientsByIds([id]))[0]).toMatchObject({ implanted: true, observation: 'portão azul' });
    await ozmap.updateClient(id, { observation: null })[SEND]();
    expect((await ozmap.findClientsByIds([id]))[0]).toMatchObject({ name: 'Maria', observation: null });
  });

  it('a cancellation leaves the home, its drop and its port', async () => {
    const { home } = await reserve();
    await ozmap.updateProperty(home.id, { observation: '[CNT 1] cancelado' })[SEND]();
    await ozmap.deleteClient(home.clientId ?? '')[SEND]();
    const left = await homeOf(home.id);
    expect(left).toMatchObject({ clientId: null, observation: '[CNT 1] cancelado', dropId: home.dropId });
    expect(left?.connections).toHaveLength(1);
    expect(left?.history.at(-1)?.exitDate).not.toBeNull();
    await ozmap.disconnectDrop(home.dropId ?? '')[SEND]();
    expect(await homeOf(home.id)).toMatchObject({ connections: [], dropId: home.dropId });
  });

  it('a fibre is taken off a port and put on it again', async () => {
    const { home } = await reserve();
    const fiber = (await homeOf(home.id))?.connections[0]?.fiberId ?? '';
    await ozmap.disconnectFiber(splitter.id, fiber)[SEND]();
    expect((await homeOf(home.id))?.connections).toEqual([]);
    await ozmap.connectFiber(splitter.id, freePort, fiber)[SEND]();
    expect((await homeOf(home.id))?.connections).toMatchObject([{ id: splitter.id, port: freePort }]);
  });

  it('a withdrawal leaves nothing', async () => {
    const { home, code } = await reserve();
    await ozmap.deleteProperty(home.id)[SEND]();
    expect(await homeOf(home.id)).toBeUndefined();
    expect(await ozmap.findClientsByCodes([code])).toEqual([]);
    expect(await ozmap.findDropsByIds([home.dropId ?? ''])).toEqual([]);
  });

  it('a drop can go alone; a client and a lead can come alone', async () => {
    const { home } = await reserve();
    await ozmap.deleteDrop(home.dropId ?? '')[SEND]();
    expect(await homeOf(home.id)).toMatchObject({ dropId: null, connections: [] });
    const { value } = await ozmap.createClient({ code: 'alone', implanted: false })[SEND]();
    expect(await ozmap.findClientsByIds([value.id])).toMatchObject([{ code: 'alone' }]);
    const lead = await ozmap
      .createProspect({ name: 'José', location: { lat: -19.9, lng: -44 }, code: 'lead-1' })
      [SEND]();
    expect(await ozmap.findProspectsByCode('lead-1')).toEqual([lead.value]);
  });

  it('a port that is taken is UPSTREAM_REFUSED in OZmap’s words', async () => {
    await reserve();
    await expect(reserve()).rejects.toMatchObject({
      code: 'UPSTREAM_REFUSED',
      upstreamMessage: expect.stringMatching(/port/i),
    });
  });

  it.each(['reset-before', 'reset-after'] as const)(
    'a %s is UPSTREAM_OUTCOME_UNKNOWN, and reading tells which',
    async (fault) => {
      await emulator.fault({ match: { method: 'POST', path: 'properties' }, fault, times: 1 });
      await expect(reserve()).rejects.toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
      expect(await ozmap.findClientsByCodes([`W-${nth}`])).toHaveLength(fault === 'reset-after' ? 1 : 0);
    },
  );

  it('reads go on through a 503, a reset and a 429', async () => {
    for (const fault of [
      { fault: 'status', status: 503 },
      { fault: 'reset-before' },
      { fault: 'status', status: 429, retryAfterS: 0 },
    ] as const) {
      await emulator.fault({ match: { method: 'GET', path: 'projects' }, ...fault, times: 1 });
      expect(await ozmap.findProjects()).toHaveLength(2);
    }
  });
});
