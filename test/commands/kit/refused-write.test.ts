import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../src/commands/kit/refused-write.js';
import { UpstreamRefusedError, UpstreamUnavailableError } from '../../../src/errors/app-error.js';
import { freshCode, reserved } from '../contracts.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const refusal = new UpstreamRefusedError(400, 'não');

describe('explainRefusal', () => {
  it('finds a code in use that OZmap did not speak of, and nothing in one that is free', async () => {
    const { code } = await reserved(plant);
    const session = plant.session();
    expect(await explainRefusal(session, refusal, { code })).toMatchObject({ reason: 'CODE_IN_USE' });
    expect(await explainRefusal(session, refusal, { code: freshCode() })).toBe(refusal);
  });

  it('finds a port that is held or closed, and says nothing of one that is free', async () => {
    const { home, spot } = await reserved(plant);
    const [{ id: connectorId = '', port = null } = {}] = home.connections;
    const free = spot.splitter.outputs.lastIndexOf(null) + 1;
    const about = (port: number) =>
      explainRefusal(plant.session(), refusal, { boxId: spot.boxId, target: { connectorId, port } });
    expect(await about(port ?? 0)).toMatchObject({ reason: 'PORT_TAKEN' });
    expect(await about(free)).toBe(refusal);
    const blocked = spot.splitter.outputs.map(() => true);
    const session = plant.session();
    const findSplittersByIds = async () => [{ ...spot.splitter, blocked }];
    const closed = { ...session, ozmap: { ...session.ozmap, findSplittersByIds } };
    const target = { connectorId, port: free };
    expect(await explainRefusal(closed, refusal, { target })).toMatchObject({ reason: 'PORT_TAKEN' });
  });

  it('leaves it at what OZmap said where the reading fails', async () => {
    const session = plant.session();
    const findClientsByCodes = async () => Promise.reject(new UpstreamUnavailableError('away'));
    const away = { ...session, ozmap: { ...session.ozmap, findClientsByCodes } };
    expect(await explainRefusal(away, refusal, { code: freshCode() })).toBe(refusal);
  });
});
