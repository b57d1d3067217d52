import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Json, openDoor } from '../../support/door.js';
import { startJournalled } from '../../support/journalled.js';
import { besides, pick, type RestBox, type RestProperty } from '../../support/plant.js';

/** A contract of its own, and where it stands before the command. */
interface Held {
  code: string;
  box: RestBox;
  home: RestProperty;
}

/** `of`: instead of a contract of `Command.held`. */
type Refusal = [
  what: string,
  status: number,
  code: string,
  reason: string | null,
  body: (held: Held) => Json | Promise<Json>,
  of?: 'NOBODY' | 'ACTIVE',
];

interface Command {
  method: 'POST' | 'PATCH';
  /** Below `contracts/{code}`. */
  route: string;
  held: 'RESERVED' | 'ACTIVE';
  body(held: Held): Promise<Json> | Json;
  /** What makes another command of it. */
  otherwise(sent: Json): Json;
  /** The facts of the flat answer, and what OZmap holds once it was carried out. */
  told(held: Held, sent: Json): Json;
  stands(held: Held, sent: Json): Promise<void>;
  /** The write whose answer is lost; null: nothing is written to OZmap. */
  write: { method: string; path: string } | null;
  /** While OZmap is away: it waits (202), or is refused (503). */
  away: 202 | 503;
  refusals: readonly Refusal[];
}

const BOXES = 30;
const NAME = 'José Conceição';

/** The service with every command of the door that has more than one way to end. */
export async function openCommands() {
  const journalled = await startJournalled({
    env: { OUTCOME_SETTLE_S: '1', RATE_LIMIT_PER_MINUTE: '0' },
    boxes: BOXES,
  });
  const door = await openDoor(journalled.subgraph);
  let made = 0;

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const homes = () => journalled.subgraph.emulator.all<RestProperty & { observation?: string | null }>('properties');
  const homesOf = async (code: string) => (await homes()).filter(({ client }) => client?.code === code);
  const observationOf = async ({ home }: Held) => (await homes()).find(({ id }) => id === home.id)?.observation ?? '';
  const onPort = ({ home }: Held) => ({ splitterId: home.connections[0]?.id, port: home.connections[0]?.port });
  /** The one behind its own: so that no box fills up. */
  const anotherBox = ({ box }: Held) => {
    const at = journalled.boxes.findIndex(({ id }) => id === box.id);
    return journalled.boxes[(at + 1) % BOXES] ?? box;
  };

  async function aContract(held: Command['held'], box = journalled.boxes[made % BOXES]): Promise<Held> {
    made += 1;
    if (!box) throw new Error('no box');
    const code = `loja 2|B/${made}`;
    await journalled.reserve(code, box, { name: NAME });
    if (held === 'ACTIVE') await journalled.run('activateClient', { contractCode: code });
    const [home] = await homesOf(code);
    if (!home) throw new Error('no home');
    return { code, box, home };
  }

  /** The last free port of the splitter that the contract hangs on. */
  async function freePort({ home }: Held): Promise<number> {
    const [{ id = '' } = {}] = home.connections;
    const splitters = await journalled.subgraph.emulator.all<{
      id: string;
      connectables: { output: (string | null)[] };
    }>('splitters');
    return pick(splitters, (one) => one.id === id).connectables.output.lastIndexOf(null) + 1;
  }

  const path = (code: string, route = '') => `/contracts/${encodeURIComponent(code)}${route}`;
  const send = ({ method, route }: Command, code: string, body: Json, key?: string) =>
    door.ask(method, path(code, route), { body, ...(key && { headers: { 'idempotency-key': `"${key}"` } }) });

  const commands: readonly Command[] = [
    {
      method: 'POST',
      route: '/transfer',
      held: 'ACTIVE',
      body: ({ code }) => ({ newContractCode: `${code} nova`, name: 'Inês Ávila', observation: 'irmã' }),
      otherwise: () => ({ name: 'Outra' }),
      told: ({ box }, { newContractCode }) => ({
        ...{ contractCode: newContractCode, state: 'ACTIVE', name: 'Inês Ávila', observation: 'irmã', boxId: box.id },
      }),
      async stands(held, { newContractCode }) {
        expect(await door.clientOf(held.code)).toBeUndefined();
        expect(await homesOf(String(newContractCode))).toMatchObject([
          { id: held.home.id, connections: held.home.connections, client: { name: 'Inês Ávila', implanted: true } },
        ]);
        expect(await observationOf(held)).toContain(`[CNT ${held.code}] mudou de titular`);
      },
      write: { method: 'PATCH', path: 'ftth-clients' },
      away: 503,
      refusals: [
        ['to a code in use', 409, 'CONFLICT', 'CODE_IN_USE', () => ({ newContractCode: other.code })],
        ['to its own code', 400, 'BAD_USER_INPUT', null, ({ code }) => ({ newContractCode: code })],
        ['to no code', 400, 'BAD_USER_INPUT', null, () => ({})],
        ['of nobody', 404, 'NOT_FOUND', null, () => ({ newContractCode: 'B-new' }), 'NOBODY'],
      ],
    },
    {
      method: 'POST',
      route: '/reservation-extension',
      held: 'RESERVED',
      body: () => ({ until: inDays(9) }),
      otherwise: () => ({ until: inDays(10) }),
      told: ({ code }, { until }) => ({ contractCode: code, state: 'AWAITING_ACTIVATION', expiresAt: until }),
      async stands({ code, home }, { until }) {
        expect((await door.ask('GET', path(code))).body.expiresAt).toBe(until);
        expect(await homesOf(code)).toEqual([home]);
      },
      write: null,
      away: 503,
      refusals: [
        ['into the past', 400, 'BAD_USER_INPUT', null, () => ({ until: inDays(-1) })],
        ['for more than a year', 400, 'BAD_USER_INPUT', null, () => ({ until: inDays(400) })],
        ['until no time', 400, 'BAD_USER_INPUT', null, () => ({ until: 'amanhã' })],
        ['of an active one', 409, 'CONFLICT', 'ALREADY_ACTIVE', () => ({ until: inDays(1) }), 'ACTIVE'],
        ['of nobody', 404, 'NOT_FOUND', null, () => ({ until: inDays(1) }), 'NOBODY'],
      ],
    },
    {
      method: 'POST',
      route: '/relocation',
      held: 'ACTIVE',
      body(held) {
        const box = anotherBox(held);
        return { boxId: box.id, ...besides(box), address: 'Praça João XXIII, 7', keepOldProperty: true };
      },
      otherwise: () => ({ address: 'Praça João XXIII, 9' }),
      told: ({ code, home }, { boxId }) => ({
        ...{ contractCode: code, state: 'ACTIVE', name: NAME, boxId, address: 'Praça João XXIII, 7' },
        oldPropertyId: home.id,
      }),
      async stands(held, { boxId }) {
        expect(await homesOf(held.code)).toMatchObject([{ box: boxId, connections: [{ port: expect.any(Number) }] }]);
        expect(await observationOf(held)).toContain(`[CNT ${held.code}] mudou de endereço`);
      },
      write: { method: 'POST', path: '/properties' },
      away: 503,
      refusals: [
        ['into an occupied home', 409, 'CONFLICT', 'PROPERTY_OCCUPIED', () => ({ propertyId: other.home.id })],
        ['into its own home', 400, 'BAD_USER_INPUT', null, ({ home }) => ({ propertyId: home.id })],
        ['far from the box', 409, 'CONFLICT', 'BOX_NOT_OFFERED', ({ box }) => ({ boxId: box.id, lat: -19, lng: -44 })],
        ['to half a place', 400, 'BAD_USER_INPUT', null, ({ box }) => ({ boxId: box.id, lat: box.lat })],
        ['of nobody', 404, 'NOT_FOUND', null, ({ box }) => ({ boxId: box.id, ...besides(box) }), 'NOBODY'],
      ],
    },
    {
      method: 'POST',
      route: '/port',
      held: 'RESERVED',
      body: async (held) => ({ boxId: held.box.id, splitterId: onPort(held).splitterId, port: await freePort(held) }),
      otherwise: ({ port }) => ({ port: Number(port) + 1 }),
      told: ({ code }, { boxId, port, splitterId }) => ({ contractCode: code, boxId, port, splitterId }),
      async stands({ code, home }, { port }) {
        expect(await homesOf(code)).toMatchObject([
          { id: home.id, connections: [{ id: home.connections[0]?.id, port }] },
        ]);
      },
      write: { method: 'PATCH', path: '/properties' },
      away: 503,
      refusals: [
        [
          ...(['on a held port', 409, 'CONFLICT', 'PORT_TAKEN'] as const),
          async ({ box }) => ({ boxId: box.id, ...onPort(await aContract('RESERVED', box)) }),
        ],
        ['on a box that is not offered', 409, 'CONFLICT', 'BOX_NOT_OFFERED', () => ({ boxId: 'f'.repeat(24) })],
        ['on a port that no splitter has', 400, 'BAD_USER_INPUT', null, ({ box }) => ({ boxId: box.id, port: 0 })],
        ['on no box', 400, 'BAD_USER_INPUT', null, () => ({ port: 1 })],
        ['of nobody', 404, 'NOT_FOUND', null, ({ box }) => ({ boxId: box.id }), 'NOBODY'],
      ],
    },
    {
      method: 'PATCH',
      route: '',
      held: 'ACTIVE',
      body: () => ({ name: 'João Araújo', observation: 'fibra até o térreo' }),
      otherwise: () => ({ name: 'Outra' }),
      told: ({ code, box }) => ({
        ...{ contractCode: code, state: 'ACTIVE', boxId: box.id },
        ...{ name: 'João Araújo', observation: 'fibra até o térreo' },
      }),
      async stands({ code, home }) {
        expect(await door.clientOf(code)).toMatchObject({ name: 'João Araújo', observation: 'fibra até o térreo' });
        expect(await homesOf(code)).toMatchObject([{ id: home.id, connections: home.connections }]);
      },
      write: { method: 'PATCH', path: 'ftth-clients' },
      away: 202,
      refusals: [
        ['with half a character', 400, 'BAD_USER_INPUT', null, () => ({ name: 'Jo\ud83d' })],
        [
          ...(['over another observation', 409, 'CONFLICT', 'OBSERVATION_CHANGED'] as const),
          () => ({ observation: 'nova', expectedObservation: 'velha' }),
        ],
        ['of nobody', 404, 'NOT_FOUND', null, () => ({ name: 'A' }), 'NOBODY'],
      ],
    },
  ];

  /** Stands reserved all the time. */
  const other = await aContract('RESERVED');
  return { journalled, door, commands, aContract, anotherBox, homes, homesOf, onPort, send };
}
type Commands = Awaited<ReturnType<typeof openCommands>>;

/** Each of these commands done, refused, in doubt, and while OZmap is away. */
export function tryCommands(
  { journalled, door, aContract, homes, homesOf, send }: Commands,
  commands: readonly Command[],
): void {
  afterEach(() => journalled.subgraph.emulator.clearFaults());
  afterAll(() => journalled.stop());

  describe.each(commands)('$method contracts/{code}$route', (command) => {
    it('is done, told flat, and stands in OZmap; repeated with its key it is told again and done once', async () => {
      const held = await aContract(command.held);
      const sent = await command.body(held);
      const first = await send(command, held.code, sent, held.code);
      expect([first.status, first.body]).toEqual([
        200,
        expect.objectContaining({ ...command.told(held, sent), operationState: 'APPLIED', warnings: [] }),
      ]);
      await command.stands(held, sent);
      const again = await send(command, held.code, sent, held.code);
      expect([again.status, again.body.operationId]).toEqual([200, first.body.operationId]);
      const another = await send(command, held.code, { ...sent, ...command.otherwise(sent) }, held.code);
      expect([another.status, another.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
      await command.stands(held, sent);
    });

    it.each(command.refusals)('%s is %i %s %s, and nothing is written', async (...refusal: Refusal) => {
      const [_what, status, code, reason, body, of] = refusal;
      const held = await aContract(of === 'ACTIVE' ? 'ACTIVE' : command.held);
      const sent = await body(held);
      const before = await homes();
      const { emulator } = journalled.subgraph;
      await emulator.clearRequests();
      const refused = await send(command, of === 'NOBODY' ? 'B-nobody' : held.code, sent);
      expect([refused.status, refused.headers.get('content-type')]).toEqual([
        status,
        'application/problem+json; charset=utf-8',
      ]);
      expect(refused.body).toMatchObject({ type: 'about:blank', status, code, reason });
      expect(refused.body.detail).toMatch(/[a-zà-ú]+ [a-zà-ú]+/);
      expect((await emulator.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(await homes()).toEqual(before);
    });

    it('whose answer is lost is 202 with its operation, which ends as it was asked for', async () => {
      const held = await aContract(command.held);
      const sent = await command.body(held);
      if (!command.write) return expect((await send(command, held.code, sent)).status).toBe(200);
      await journalled.subgraph.emulator.fault({ fault: 'reset-after', times: 1, match: command.write });
      const doubtful = await send(command, held.code, sent);
      expect([doubtful.status, doubtful.body.code]).toEqual([202, 'UPSTREAM_OUTCOME_UNKNOWN']);
      expect(await door.ended(doubtful)).toMatchObject({ state: 'APPLIED', problemCode: null });
      await command.stands(held, sent);
    });

    it(`while OZmap is away is ${command.away}, and OZmap is as it was until it is back`, async () => {
      const held = await aContract(command.held);
      const sent = await command.body(held);
      await journalled.subgraph.emulator.fault({ fault: 'status', status: 503 });
      const answer = await send(command, held.code, sent);
      await journalled.subgraph.emulator.clearFaults();
      expect(answer.status).toBe(command.away);
      if (command.away === 503) {
        expect([answer.body.code, Number(answer.headers.get('retry-after')) > 0]).toEqual([
          'UPSTREAM_UNAVAILABLE',
          true,
        ]);
        expect(await homesOf(held.code)).toEqual([held.home]);
        return;
      }
      expect(answer.body).toMatchObject({ operationState: 'QUEUED', code: null });
      expect(await door.ended(answer)).toMatchObject({ state: 'APPLIED' });
      await command.stands(held, sent);
    });
  });
}
