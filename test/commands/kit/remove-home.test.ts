import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HomeIds, homeIds, removeHome } from '../../../src/commands/kit/remove-home.js';
import type { Session } from '../../../src/commands/session.js';
import { SEND } from '../../../src/domain/write.js';
import type { Ozmap } from '../../../src/ozmap/types.js';
import type { Step } from '../../../src/saga/command.js';
import { fiberOn, freshCode, leftOf, refusal, reserved } from '../contracts.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

/** Removes the home of a reserved contract, in an OZmap that does some things otherwise. `stays`: what stands there in place of its own. */
async function remove(
  otherwise: (ozmap: Ozmap, contract: Awaited<ReturnType<typeof reserved>>) => Partial<Ozmap>,
  stays: Partial<HomeIds> = {},
) {
  const contract = await reserved(plant);
  const session = plant.session();
  const odd: Session = { ...session, ozmap: { ...session.ozmap, ...otherwise(session.ozmap, contract) } };
  const steps: string[] = [];
  const step: Step = async (name, write) => {
    steps.push(name);
    return (await write[SEND]()).value;
  };
  const removed = removeHome(odd, step, { ...homeIds(contract.home, contract.clientId), ...stays });
  return { contract, steps, removed };
}

describe('removeHome', () => {
  it('takes nothing else away where OZmap keeps the home', async () => {
    const { contract, steps, removed } = await remove((ozmap) => ({
      deleteProperty: (id) => ({ ...ozmap.updateProperty(id, { address: 'Rua B' }), method: 'DELETE' }),
    }));
    expect(await refusal(removed)).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: expect.arrayContaining([{ field: 'property' }]),
    });
    expect(steps).toEqual(['property.undo']);
    expect((await leftOf(plant, contract)).drop).not.toBeNull();
  });

  it('says what is still there after it was removed by itself', async () => {
    const { steps, removed } = await remove((ozmap) => ({
      deleteProperty: (id) => {
        const write = ozmap.deleteProperty(id);
        const send = async () => {
          await plant.direct('PATCH', `properties/${id}`, { client: null });
          return write[SEND]();
        };
        return { ...write, [SEND]: send };
      },
      deleteClient: (id) => ({ ...ozmap.updateClient(id, { observation: 'fica' }), method: 'DELETE' }),
    }));
    expect(await refusal(removed)).toMatchObject({ details: [{ field: 'client' }] });
    expect(steps).toEqual(['property.undo', 'client.undo']);
  });

  it('frees no port beside the drop that it removes: that goes with it', async () => {
    const { dropId, held } = homeIds((await reserved(plant)).home, null);
    const { steps, removed } = await remove(() => ({}), { dropId, held });
    await removed;
    expect(steps).toEqual(['property.undo', 'drop.undo']);
  });

  it('takes nothing away of a home that somebody else moved into', async () => {
    const { contract, steps, removed } = await remove((ozmap, { propertyId }) => ({
      findPropertiesByIds: async (ids) => {
        await plant.direct('PATCH', `properties/${propertyId}`, { client: { code: freshCode() }, force: true });
        return ozmap.findPropertiesByIds(ids);
      },
    }));
    await removed;
    expect(steps).toEqual([]);
    expect((await leftOf(plant, contract)).property?.client).not.toBeNull();
  });

  it('leaves the port to whoever is on it by now', async () => {
    let next: Awaited<ReturnType<typeof reserved>> | undefined;
    const { contract, steps, removed } = await remove((ozmap, { home, spot }) => ({
      deleteProperty: (id) => {
        const write = ozmap.deleteProperty(id);
        const send = async () => {
          const sent = await write[SEND]();
          const [{ id: splitterId = null, port = null } = {}] = home.connections;
          next = await reserved(plant, { splitterId, port }, spot);
          return sent;
        };
        return { ...write, [SEND]: send };
      },
    }));
    await removed;
    expect(steps).toEqual(['property.undo']);
    const { id = '', port } = contract.home.connections[0] ?? {};
    expect(await fiberOn(plant, id, port ?? 0)).toBe(next?.home.connections[0]?.fiberId);
  });
});
