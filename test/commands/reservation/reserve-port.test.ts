import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { parseContractCode } from '../../../src/domain/contract-code.js';
import type { Coordinates } from '../../../src/domain/geo.js';
import { SEND } from '../../../src/domain/write.js';
import { active, fiberOn, freshCode, keptHome, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const free = (spot: Awaited<ReturnType<Plant['freshSpot']>>) =>
  spot.splitter.outputs.flatMap((output, at) => (output === null && !spot.splitter.blocked[at] ? [at + 1] : []));

describe('reservePort of a new home', () => {
  it('makes a client that is not implanted, in a home whose drop ends at the box', async () => {
    const spot = await plant.freshSpot();
    const code = freshCode();
    const input = {
      contractCode: code,
      boxId: spot.boxId,
      location: spot.location,
      name: 'Casa 1',
      address: 'Rua A, 1',
    };
    const operation = new Operation(reservePort, { ...input, observation: 'cão bravo' }, plant.session());
    const { client, property } = await operation.run();
    expect(client).toMatchObject({ code, implanted: false, name: 'Casa 1', observation: 'cão bravo' });
    expect(property).toMatchObject({ boxId: spot.boxId, address: 'Rua A, 1', clientId: client.id });
    expect(property?.connections).toHaveLength(1);
    expect(operation.steps).toEqual(['property.create']);
    expect(operation.projectId).toBe(property?.projectId);
    const drop = await plant.record('cables', property?.dropId ?? '');
    expect(drop).toMatchObject({ kind: 'Drop', boxA: spot.boxId, boxB: property?.id });
  });

  it('takes the named port', async () => {
    const spot = await plant.freshSpot();
    const port = free(spot).at(-1) ?? 0;
    const { home } = await reserved(plant, { splitterId: spot.splitter.id, port }, spot);
    expect(home.connections).toMatchObject([{ id: spot.splitter.id, port }]);
    expect(await fiberOn(plant, spot.splitter.id, port)).toBe(home.connections[0]?.fiberId);
  });

  it('takes the lowest free port of the named splitter', async () => {
    const spot = await plant.freshSpot();
    const { home } = await reserved(plant, { splitterId: spot.splitter.id }, spot);
    expect(home.connections).toMatchObject([{ id: spot.splitter.id, port: free(spot)[0] }]);
  });

  it.each(['00123', 'a/b', '123|123', 'ção 9', '100%'])('keeps code %s as it is', async (shape) => {
    const code = `${freshCode()}-${shape}`;
    const { home } = await reserved(plant, { contractCode: parseContractCode(` ${code} `) });
    expect((home.client ?? { code: '' }).code).toBe(code);
  });

  it('needs six requests for a straight drop on any port', async () => {
    const spot = await plant.freshSpot();
    await plant.emulator.clearRequests();
    await reserved(plant, {}, spot);
    expect((await plant.emulator.requests()).filter(({ path }) => !path.includes('system-configs'))).toHaveLength(6);
  });

  it('leads a drawn drop along the poles, in the order OZmap wants', async () => {
    const spot = await plant.freshSpot();
    const box = (await plant.ozmap.findBoxesByIds([spot.boxId]))[0]?.location as Coordinates;
    const poles = (await plant.ozmap.findPolesNear(box, 60, 3)).slice(0, 2);
    const [near, far] = poles;
    if (!near || !far) throw new Error('no poles near the box');
    const dropPath = [spot.location, far.location, near.location, box];
    const { dropId } = await reserved(plant, { dropPath }, spot);
    const drop = await plant.record('cables', dropId);
    expect(drop?.poles).toMatchObject([{ id: near.id }, { id: far.id }]);
  });
});

describe('reservePort refuses', () => {
  it('a code that somebody carries', async () => {
    const { code, spot } = await reserved(plant);
    const input = { contractCode: code, boxId: spot.boxId, location: spot.location };
    expect(await refusal(run(plant, reservePort, input))).toMatchObject({ code: 'CONFLICT', reason: 'CODE_IN_USE' });
  });

  it('a code that a client without home carries', async () => {
    const code = freshCode();
    await plant.direct('POST', 'ftth-clients', { code, implanted: true });
    const spot = await plant.freshSpot();
    const input = { contractCode: code, boxId: spot.boxId, location: spot.location };
    expect(await refusal(run(plant, reservePort, input))).toMatchObject({ reason: 'CODE_IN_USE' });
  });

  it('a code that a home shows whose project its token does not see, before anything is written', async () => {
    const { home } = await reserved(plant);
    const session = plant.session();
    const findPropertiesByClientCode = async () => [{ ...home, client: null }];
    const { boxId, location } = await plant.freshSpot();
    const input = { contractCode: freshCode(), boxId, location };
    const seeing = { ...session, ozmap: { ...session.ozmap, findPropertiesByClientCode } };
    const operation = new Operation(reservePort, input, seeing);
    expect(await refusal(operation.run())).toMatchObject({ reason: 'CODE_IN_USE' });
    expect(operation.steps).toEqual([]);
  });

  it('a box that OZmap does not offer there', async () => {
    const [spot, other] = [await plant.freshSpot(), await plant.freshSpot()];
    const far = { lat: other.location.lat + 0.5, lng: other.location.lng };
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: far };
    expect(await refusal(run(plant, reservePort, input))).toMatchObject({
      code: 'CONFLICT',
      reason: 'BOX_NOT_OFFERED',
      details: [{ field: 'boxId', value: spot.boxId }],
    });
  });

  it('a port that is held, and one that is not there', async () => {
    const { home, spot } = await reserved(plant);
    const splitterId = home.connections[0]?.id ?? '';
    const asked = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location, splitterId };
    const port = home.connections[0]?.port ?? 0;
    const operation = new Operation(reservePort, { ...asked, port }, plant.session());
    expect(await refusal(operation.run())).toMatchObject({ reason: 'PORT_TAKEN' });
    expect(operation.steps).toEqual([]);
    expect(await refusal(run(plant, reservePort, { ...asked, port: 999 }))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('a splitter of another box, and one that is not there', async () => {
    const [spot, other] = [await plant.freshSpot(), await plant.freshSpot()];
    const { boxId, location } = spot;
    for (const splitterId of [other.splitter.id, '0123456789abcdef01234567']) {
      const operation = new Operation(
        reservePort,
        { contractCode: freshCode(), boxId, location, splitterId },
        plant.session(),
      );
      expect(await refusal(operation.run())).toMatchObject({
        code: 'BAD_USER_INPUT',
        details: [{ field: 'splitterId' }],
      });
      expect(operation.steps).toEqual([]);
    }
  });

  it('a box whose last port was sold meanwhile, by OZmap’s own words or by looking again', async () => {
    const spot = await plant.freshSpot(1);
    const session = plant.session();
    const fill = async () => {
      for (;;) {
        const body = { box: spot.boxId, lat: spot.location.lat, lng: spot.location.lng, auto_connect: true };
        const { status } = await plant.direct('POST', 'properties', { ...body, client: { code: freshCode() } });
        if (status !== 201) return;
      }
    };
    // Filled between our viability call and our write.
    const create = session.ozmap.createProperty.bind(session.ozmap);
    const racing = {
      ...session,
      ozmap: {
        ...session.ozmap,
        createProperty: (body: Parameters<typeof create>[0]) => {
          const write = create(body);
          return { method: write.method, path: write.path, [SEND]: () => fill().then(() => write[SEND]()) };
        },
      },
    };
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    expect(await refusal(run(plant, reservePort, input, racing))).toMatchObject({ reason: 'BOX_FULL' });
    expect(await refusal(run(plant, reservePort, input))).toMatchObject({ reason: 'BOX_FULL' });
  });

  it('an inner point on nothing, and a drop beyond the limit', async () => {
    const spot = await plant.freshSpot();
    const box = (await plant.ozmap.findBoxesByIds([spot.boxId]))[0]?.location as Coordinates;
    const asked = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    const nowhere = { lat: spot.location.lat + 0.00005, lng: spot.location.lng - 0.00019 };
    const stray = run(plant, reservePort, { ...asked, dropPath: [spot.location, nowhere, box] });
    const [pole] = await plant.ozmap.findPolesNear(nowhere, 6, 1);
    if (!pole) expect(await refusal(stray)).toMatchObject({ reason: 'DROP_OFF_NETWORK' });
    else await stray.catch(() => {});
    const poles = await plant.ozmap.findPolesNear(box, 400, 60);
    const path = [spot.location, ...poles.slice(-12).map((far) => far.location), box];
    const long = run(plant, reservePort, { ...asked, contractCode: freshCode(), dropPath: path });
    expect(await refusal(long)).toMatchObject({ reason: 'DROP_TOO_LONG', details: [{ field: 'dropLengthM' }] });
  });

  it('no drop for what another project allows', async () => {
    const spot = await plant.freshSpot();
    const session = plant.session();
    const findProjects: typeof session.ozmap.findProjects = async () => {
      const projects = await session.ozmap.findProjects();
      return [...projects.slice(0, 1).map((project) => ({ ...project, id: 'other', dropMaxLengthM: 1 })), ...projects];
    };
    const [box] = await plant.ozmap.findBoxesByIds([spot.boxId]);
    const dropPath = [spot.location, box?.location ?? spot.location];
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location, dropPath };
    const { property } = await run(plant, reservePort, input, {
      ...session,
      ozmap: { ...session.ozmap, findProjects },
    });
    expect(property).toMatchObject({ boxId: spot.boxId });
  });

  it('a port without splitter, and a new home without a place', async () => {
    const spot = await plant.freshSpot();
    const asked = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    expect(await refusal(run(plant, reservePort, { ...asked, port: 1 }))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal(run(plant, reservePort, { contractCode: freshCode() }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: [{ field: 'boxId' }, { field: 'location' }],
    });
  });
});

describe('reservePort after a failure', () => {
  it.each(everyLoss(1))('makes one client on one port when the answer of step $step is lost $when', async (loss) => {
    const spot = await plant.freshSpot();
    const code = freshCode();
    const input = { contractCode: code, boxId: spot.boxId, location: spot.location };
    const operation = new Operation(reservePort, input, plant.session(), loss);
    const { client, property } = await operation.runToTheEnd();
    const homes = await plant.ozmap.findPropertiesByBoxIds([spot.boxId]);
    expect(homes.filter((home) => home.client?.code === code)).toHaveLength(1);
    expect(client.id).toBe(property?.clientId);
  });

  it('does not take for its own what somebody else made there under the code while the answer was lost', async () => {
    const spot = await plant.freshSpot();
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    const operation = new Operation(reservePort, input, plant.session(), { step: 0, when: 'before' });
    await operation.run().catch(() => {});
    const { lat, lng } = spot.location;
    const theirs = { box: spot.boxId, coords: [lng, lat], auto_connect: true, external_id: freshCode() };
    const made = await plant.direct('POST', 'properties', { ...theirs, client: { code: input.contractCode } });
    expect(made.status).toBe(201);
    expect((await operation.look()).seen).toBe('absent');
    expect(await refusal(operation.run())).toMatchObject({ reason: 'CODE_IN_USE' });
  });

  it('undoes what OZmap made otherwise than asked, and says so', async () => {
    const spot = await plant.freshSpot();
    const session = plant.session();
    const create = session.ozmap.createProperty.bind(session.ozmap);
    let made: { id: string; dropId: string | null; clientId: string | null } | undefined;
    // An OZmap that forgets to connect.
    const forgetful = {
      ...session,
      ozmap: {
        ...session.ozmap,
        createProperty: (body: Parameters<typeof create>[0]) => {
          const write = create({ ...body, autoConnect: false });
          const send = async () => {
            const sent = await write[SEND]();
            made = sent.value;
            return sent;
          };
          return { method: write.method, path: write.path, [SEND]: send };
        },
      },
    };
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    const refused = await refusal(run(plant, reservePort, input, forgetful));
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT', details: [{ field: 'connection' }] });
    const ids = { clientId: made?.clientId ?? '', propertyId: made?.id ?? '', dropId: made?.dropId ?? '' };
    expect(await leftOf(plant, ids)).toEqual({ client: null, property: null, drop: null });
  });

  it('takes away again what OZmap put somewhere else than asked', async () => {
    const spot = await plant.freshSpot();
    const session = plant.session();
    const createProperty: typeof session.ozmap.createProperty = (body) =>
      session.ozmap.createProperty({
        ...body,
        ...(body.location && { location: { ...body.location, lat: body.location.lat + 0.0001 } }),
      });
    const odd = { ...session, ozmap: { ...session.ozmap, createProperty } };
    const input = { contractCode: freshCode(), boxId: spot.boxId, location: spot.location };
    const refused = await refusal(run(plant, reservePort, input, odd));
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT', details: [{ field: 'location' }] });
    expect(await plant.ozmap.findClientsByCodes([input.contractCode])).toEqual([]);
  });

  /** An OZmap that makes every new client an active one. */
  const hasty = () => {
    const session = plant.session();
    const createProperty: typeof session.ozmap.createProperty = (body) => {
      const write = session.ozmap.createProperty(body);
      const send = async () => {
        const sent = await write[SEND]();
        await plant.direct('PATCH', `ftth-clients/${sent.value.clientId}`, { implanted: true });
        return sent;
      };
      return { ...write, [SEND]: send };
    };
    return { ...session, ozmap: { ...session.ozmap, createProperty } };
  };

  it.each([null, 'before', 'after'] as const)(
    'undoes a client that OZmap made active at once, also when the answer to that is lost %s',
    async (when) => {
      const { boxId, location } = await plant.freshSpot();
      const input = { contractCode: freshCode(), boxId, location };
      const operation = new Operation(reservePort, input, hasty(), when && { step: 1, when });
      if (when) await operation.run().catch(() => {});
      const refused = await refusal(operation.run());
      expect(refused).toMatchObject({
        code: 'UPSTREAM_UNEXPECTED_EFFECT',
        details: [{ field: 'client.implanted' }],
      });
      expect(await plant.ozmap.findPropertiesByClientCode(input.contractCode)).toEqual([]);
    },
  );
});

describe('reservePort where OZmap counts the ports of properties as free', () => {
  const counting = async (considersPropertyPortsFree: boolean) => {
    const { json } = await plant.direct('GET', 'system-configs');
    const { id } = (Array.isArray(json) ? json[0] : json) as { id: string };
    const viability = { considerPropertyPortsFree: considersPropertyPortsFree };
    const { status } = await plant.direct('PATCH', `system-configs/${id}`, { viability });
    expect(status).toBe(204);
    const config = await plant.ozmap.systemConfig();
    return plant.session({ systemConfig: async () => ({ ...config, considersPropertyPortsFree }) });
  };
  afterAll(() => counting(false));

  /** Asks for the very port that a home is on. */
  const askingFor = async (on: Awaited<ReturnType<typeof reserved>>, isFree: boolean) => {
    const { id: splitterId = '', port = 0 } = on.home.connections[0] ?? {};
    const { boxId, location } = on.spot;
    const input = { contractCode: freshCode(), boxId, location, splitterId, port };
    return new Operation(reservePort, input, await counting(isFree));
  };

  it.each([
    ['reserved', reserved],
    ['active', active],
  ] as const)('does not sell a port that a client holds, %s', async (_, held) => {
    const operation = await askingFor(await held(plant), true);
    expect(await refusal(operation.run())).toMatchObject({ code: 'CONFLICT', reason: 'PORT_TAKEN' });
    expect(operation.steps).toEqual([]);
  });

  it('does not sell a port that a client holds beside a home without client', async () => {
    const kept = await keptHome(plant);
    const { input, session } = await askingFor(kept, true);
    const findPropertiesByBoxIds: typeof plant.ozmap.findPropertiesByBoxIds = async (ids) =>
      (await plant.ozmap.findPropertiesByBoxIds(ids)).flatMap((home) => [home, { ...home, id: '', clientId: 'other' }]);
    const shared = { ...session, ozmap: { ...session.ozmap, findPropertiesByBoxIds } };
    expect(await refusal(run(plant, reservePort, input, shared))).toMatchObject({ reason: 'PORT_TAKEN' });
  });

  it('does not sell a port that the provider closed, whoever is said to be on it', async () => {
    const kept = await keptHome(plant);
    const { input, session } = await askingFor(kept, true);
    const findSplittersByIds: typeof plant.ozmap.findSplittersByIds = async (ids) =>
      (await plant.ozmap.findSplittersByIds(ids)).map((splitter) => ({
        ...splitter,
        outputs: splitter.outputs.map(() => null),
        blocked: splitter.blocked.map(() => true),
      }));
    const closed = { ...session, ozmap: { ...session.ozmap, findSplittersByIds } };
    expect(await refusal(run(plant, reservePort, input, closed))).toMatchObject({ reason: 'PORT_TAKEN' });
  });

  it('sells the port of a home without client, and nowhere else', async () => {
    const kept = await keptHome(plant);
    const refused = await askingFor(kept, false);
    expect(await refusal(refused.run())).toMatchObject({ reason: 'PORT_TAKEN' });
    expect(refused.steps).toEqual([]);
    const { property } = await (await askingFor(kept, true)).run();
    expect(property?.connections).toMatchObject([{ id: kept.home.connections[0]?.id }]);
    expect(property?.connections[0]?.port).toBe(kept.home.connections[0]?.port);
  });
});
