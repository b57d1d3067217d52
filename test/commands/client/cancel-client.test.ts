import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelClient, showCancellation } from '../../../src/commands/cancel-client.saga.js';
import { parseContractCode } from '../../../src/domain/contract-code.js';
import { SEND } from '../../../src/domain/write.js';
import { aPolicy } from '../../support/a-policy.js';
import { active, fiberOn, freshCode, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, memoryOf, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const portOf = (home: { connections: { id: string; port: number | null }[] }) => {
  const { id = '', port } = home.connections[0] ?? {};
  return [id, port ?? 0] as const;
};

describe('cancelClient', () => {
  it('removes the client and keeps the home, marked, with its drop on its port, in six requests', async () => {
    const contract = await active(plant);
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { observation: 'Casa amarela' });
    await plant.emulator.clearRequests();
    const { property, warnings } = await run(plant, cancelClient, { contractCode: contract.code });
    expect(await plant.emulator.requests()).toHaveLength(6);
    expect(warnings).toEqual([]);
    expect(property?.observation).toMatch(
      new RegExp(`^Casa amarela\n\\[CNT ${contract.code}\\] cancelado \\d{4}-\\d\\d-\\d\\d$`),
    );
    const left = await leftOf(plant, contract);
    expect(left.client).toBeNull();
    expect(left.property).toMatchObject({ client: null });
    expect(left.drop).not.toBeNull();
    expect(await fiberOn(plant, ...portOf(contract.home))).toBe(contract.home.connections[0]?.fiberId);
  });

  it('frees the port where that is asked for, or configured', async () => {
    for (const [input, policy] of [
      [{ disconnectDrop: true }, aPolicy()],
      [{}, aPolicy({ cancelDisconnectsDrop: true })],
    ] as const) {
      const contract = await active(plant);
      const session = plant.session({ policy });
      await run(plant, cancelClient, { contractCode: contract.code, ...input }, session);
      expect(await fiberOn(plant, ...portOf(contract.home))).toBeNull();
      expect((await leftOf(plant, contract)).drop).not.toBeNull();
    }
    const contract = await active(plant);
    const session = plant.session({ policy: aPolicy({ cancelDisconnectsDrop: true }) });
    await run(plant, cancelClient, { contractCode: contract.code, disconnectDrop: false }, session);
    expect(await fiberOn(plant, ...portOf(contract.home))).not.toBeNull();
  });

  it('renews the mark that an earlier cancellation of the contract left', async () => {
    const contract = await active(plant);
    const observation = `[CNT ${contract.code}] cancelado 2024-01-15\nCasa amarela`;
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { observation });
    const session = plant.session({ now: () => new Date('2026-11-27T02:08:00Z') });
    const { property } = await run(plant, cancelClient, { contractCode: contract.code }, session);
    expect(property?.observation).toBe(`Casa amarela\n[CNT ${contract.code}] cancelado 2026-11-26`);
  });

  it('refuses a client that is not implanted, unless CNT knows better', async () => {
    const contract = await reserved(plant);
    expect(await refusal(run(plant, cancelClient, { contractCode: contract.code }))).toMatchObject({
      reason: 'NOT_ACTIVE',
    });
    const { warnings } = await run(plant, cancelClient, { contractCode: contract.code, contractWasActive: true });
    expect(warnings).toEqual(['NOT_IMPLANTED_IN_OZMAP']);
    expect(await leftOf(plant, contract)).toMatchObject({ client: null, property: { client: null } });
  });

  it.each(['a/b', '123|123', 'x]y', '(1)'])(
    'marks code %s once, also when another mark stands there',
    async (shape) => {
      const code = parseContractCode(`${freshCode()}-${shape}`);
      const contract = await active(plant, { contractCode: code });
      const observation = `[CNT ${code}9] cancelado 2020-01-01`;
      await plant.direct('PATCH', `properties/${contract.propertyId}`, { observation });
      const { property } = await run(plant, cancelClient, { contractCode: code });
      expect(
        property?.observation?.split('\n').filter((line) => line.startsWith(`[CNT ${code}] cancelado `)),
      ).toHaveLength(1);
    },
  );

  it.each(
    [false, true].flatMap((disconnectDrop) =>
      everyLoss(disconnectDrop ? 3 : 2).map((loss) => ({ disconnectDrop, ...loss })),
    ),
  )(
    'ends the same when step $step is lost $when (disconnect: $disconnectDrop)',
    async ({ disconnectDrop, ...loss }) => {
      const contract = await active(plant);
      const input = { contractCode: contract.code, disconnectDrop };
      const operation = new Operation(cancelClient, input, plant.session(), loss);
      const { property } = await operation.runToTheEnd();
      expect(property?.observation?.match(/cancelado/g)).toHaveLength(1);
      const left = await leftOf(plant, contract);
      expect(left).toMatchObject({ client: null, property: { client: null }, drop: { id: contract.dropId } });
      expect((await fiberOn(plant, ...portOf(contract.home))) === null).toBe(disconnectDrop);
    },
  );

  it.each(everyLoss(2))(
    'can be repeated without memory until step $step ($when) has taken the client',
    async (loss) => {
      const contract = await active(plant);
      const input = { contractCode: contract.code };
      await new Operation(cancelClient, input, plant.session(), loss).run().catch(() => {});
      const again = run(plant, cancelClient, input);
      if (loss.step === 1 && loss.when === 'after') expect(await refusal(again)).toMatchObject({ code: 'NOT_FOUND' });
      else expect((await again).property?.observation?.match(/cancelado/g)).toHaveLength(1);
    },
  );

  it('leaves a home alone that was sold again while the answer was lost', async () => {
    const contract = await active(plant);
    const input = { contractCode: contract.code, disconnectDrop: true };
    const operation = new Operation(cancelClient, input, plant.session(), { step: 1, when: 'before' });
    await operation.run().catch(() => {});
    await plant.direct('DELETE', `ftth-clients/${contract.clientId}`);
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { client: { code: freshCode() } });
    await operation.run();
    expect(await fiberOn(plant, ...portOf(contract.home))).not.toBeNull();
  });

  it.each([
    ['took the home off its port though that was not asked for', false, ['deleteClient']],
    ['left the home on its port though it was to be taken off', true, ['disconnectDrop']],
  ] as const)('says so when OZmap %s', async (_, disconnectDrop, [odd]) => {
    const contract = await active(plant);
    const session = plant.session();
    const { ozmap } = session;
    const other = {
      deleteClient: (id: string) => {
        const write = ozmap.deleteClient(id);
        const send = async () => {
          await ozmap.disconnectDrop(contract.dropId)[SEND]();
          return write[SEND]();
        };
        return { ...write, [SEND]: send };
      },
      disconnectDrop: () => ozmap.updateProperty(contract.propertyId, { address: 'Rua B' }),
    };
    const input = { contractCode: contract.code, disconnectDrop };
    const refused = await refusal(
      run(plant, cancelClient, input, { ...session, ozmap: { ...ozmap, [odd]: other[odd] } }),
    );
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT', details: [{ field: 'connection' }] });
  });

  it('is underway once the home is marked, and done only without the client', async () => {
    const contract = await active(plant);
    const input = { contractCode: contract.code };
    const operation = new Operation(cancelClient, input, plant.session(), { step: 1, when: 'before' });
    await operation.run().catch(() => {});
    expect(await operation.look()).toEqual({ seen: 'partly' });
    await operation.run();
    expect((await operation.look()).seen).toBe('applied');
  });

  it('marks the home with the day on which it was asked, though midnight passes before the mark is written', async () => {
    const contract = await active(plant);
    let asked = 0;
    const now = () => new Date(asked++ === 0 ? '2026-11-27T02:59:59Z' : '2026-11-27T03:00:01Z');
    const { property } = await run(plant, cancelClient, { contractCode: contract.code }, plant.session({ now }));
    expect(property?.observation).toBe(`[CNT ${contract.code}] cancelado 2026-11-26`);
  });

  it.each([1, 2])('is finished where a release with states of version %i left it', async (version) => {
    const contract = await active(plant);
    const input = { contractCode: contract.code };
    const operation = new Operation(cancelClient, input, plant.session(), { step: 1, when: 'before' });
    await operation.run().catch(() => {});
    const { day: _, ...state } = memoryOf(operation).state;
    Object.assign(memoryOf(operation), { version, state });
    const { property } = await operation.run();
    expect(property?.observation?.match(/cancelado/g)).toHaveLength(1);
    expect(operation.steps).toEqual(['property.mark', 'client.delete', 'client.delete']);
  });

  it('does not stand for a repeated one once the code was sold again', async () => {
    const contract = await active(plant);
    const input = { contractCode: contract.code };
    const operation = new Operation(cancelClient, input, plant.session());
    await operation.run();
    const stands = () => cancelClient.stands?.(input, plant.session(), operation.facts);
    expect((await stands())?.seen).toBe('applied');
    await reserved(plant, { contractCode: contract.code });
    expect((await stands())?.seen).toBe('absent');
  });

  it('keeps its home from others, and its box where it gives a port of it back', async () => {
    for (const disconnectDrop of [false, true]) {
      const { code, propertyId, spot } = await active(plant);
      const operation = new Operation(cancelClient, { contractCode: code, disconnectDrop }, plant.session());
      await operation.run();
      const boxIds = disconnectDrop ? [spot.boxId] : [];
      expect(operation.kept).toEqual([{ propertyIds: [propertyId], boxIds }]);
    }
  });

  it('says so when the home went with the client', async () => {
    const contract = await active(plant);
    const session = plant.session();
    const greedy = {
      ...session,
      ozmap: { ...session.ozmap, deleteClient: () => session.ozmap.deleteProperty(contract.propertyId) },
    };
    expect(await refusal(run(plant, cancelClient, { contractCode: contract.code }, greedy))).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'property' }],
    });
  });

  it('removes a client without home, with a warning', async () => {
    const code = freshCode();
    await plant.direct('POST', 'ftth-clients', { code, implanted: true });
    expect(await run(plant, cancelClient, { contractCode: code })).toEqual({
      property: null,
      warnings: ['NO_PROPERTY'],
    });
  });
});

describe('the plan of a cancellation', () => {
  it('is carried out while nothing changed, and refused once something did', async () => {
    const contract = await active(plant);
    const plan = await showCancellation({ contractCode: contract.code }, plant.session());
    expect(plan.steps.map(({ effect, what }) => `${effect} ${what}`)).toEqual([
      'WRITTEN observation',
      'KEPT port',
      'DELETED client',
      'KEPT property',
      'KEPT drop',
    ]);
    const input = { contractCode: contract.code, planFingerprint: plan.fingerprint };
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { observation: 'mudou' });
    expect(await refusal(run(plant, cancelClient, input))).toMatchObject({ reason: 'PLAN_CHANGED' });
    expect((await leftOf(plant, contract)).client).not.toBeNull();
    const now = await showCancellation({ contractCode: contract.code }, plant.session());
    await run(plant, cancelClient, { ...input, planFingerprint: now.fingerprint });
    expect((await leftOf(plant, contract)).client).toBeNull();
  });

  it('is refused as the cancellation would be', async () => {
    const { code } = await reserved(plant);
    const plan = showCancellation({ contractCode: code }, plant.session());
    expect(await refusal(plan)).toMatchObject({ reason: 'NOT_ACTIVE' });
  });
});
