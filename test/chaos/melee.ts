import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateTown } from '../../src/city/generate.js';
import { startEmulator } from '../../src/emulator/start.js';
import { ozmapFromOutside } from '../support/ozmap-from-outside.js';
import { Caller, Experience } from './caller.js';
import type { Command, Mutation, Payload } from './command.js';
import { Counts } from './counts.js';
import { createDice, type Dice } from './dice.js';
import { MAX_DELAY_MS, MAX_LATE_MS, Storm } from './faults.js';
import { awaitQuiet, historiesOf, type JournalledOperation, readJournal, watchProgress } from './journal.js';
import { Patience } from './patience.js';
import { besides, findSpots, type Inventory, readInventory, type Spot } from './plant.js';
import { MortalService } from './service.js';

export interface MeleeOptions {
  seed: number;
  /** Commands in all, so many at once, on so few contracts and boxes that they get in each other's way. */
  commands: number;
  callers: number;
  contracts: number;
  boxes: number;
  /** Shortest and longest time that a process is left alone before it is killed or paused. */
  haltEveryMs: readonly [number, number];
  patienceMs: number;
  dataDir: string;
  /** Null: one process on the embedded database. Else two on that server. */
  databaseUrl: string | null;
  progress?: (line: string) => void;
}

export interface MeleeReport {
  seed: number;
  engine: string;
  applied: Counts;
  refused: Counts;
  struck: Counts;
  kills: number;
  pauses: number;
  operations: Counts;
  violations: string[];
  histories: string[];
}

/**
 * Many callers at once on the same contracts, homes and boxes, through faults, kills and pauses beyond the time after which a write counts as not
 * applied. Nobody knows who wins; but whoever does, no client is without its port, no port is sold twice, and nobody is told that nothing was
 * changed where something was.
 */
export async function runMelee(options: MeleeOptions): Promise<MeleeReport> {
  const { seed, databaseUrl, dataDir, patienceMs } = options;
  const dice = createDice(seed);
  const emulator = await startEmulator({ city: generateTown(), control: true });
  const ozmap = ozmapFromOutside(emulator.url);
  const services: MortalService[] = [];
  try {
    const spots = await findSpots(ozmap, options.boxes);
    const before = await readInventory(ozmap);
    for (let n = 0; n < (databaseUrl === null ? 1 : 2); n += 1)
      services.push(
        await MortalService.start({ ozmapUrl: emulator.url, dataDir: join(dataDir, String(n)), databaseUrl }),
      );
    const experience = new Experience();
    const storm = new Storm(ozmap, dice.forNumber(-1));
    const callers = services.map(({ url }) => new Caller(url, experience));
    const crowd = new Crowd(options, { spots, callers, experience });
    storm.start();
    services.forEach((service, n) => {
      service.haunt(dice.forNumber(-2 - n), options.haltEveryMs, Number.POSITIVE_INFINITY, { pauses: true });
    });
    const over = new AbortController();
    const led = crowd.run(dice).finally(() => over.abort());
    await Promise.race([led, ...callers.map((caller) => caller.someoneWaits(patienceMs * 2, over.signal))]);
    await Promise.all(services.map((service) => service.spare()));
    await storm.stop();
    const [url = ''] = services.map((service) => service.url);
    const patience = new Patience(patienceMs);
    for (const caller of callers) caller.calmDown(patience);
    const watched = watchProgress(url, patience, over.signal);
    await led;
    await watched;
    await sleep(Math.max(MAX_LATE_MS, MAX_DELAY_MS));

    const open = await awaitQuiet(url, new Patience(patienceMs));
    const operations = await readJournal(url);
    const after = await readInventory(ozmap);
    await Promise.all(services.map((service) => service.stop()));
    const states = new Counts();
    for (const { state } of operations) states.add(state);
    const violations = [
      ...open.map(({ id, action, contractCode, state }) => `${contractCode}: ${action} ${id} stays ${state}`),
      ...crowd.open,
      ...unsound(before, after),
      ...operations.flatMap(falselyRefused),
    ];
    return {
      seed,
      engine: databaseUrl === null ? 'PGlite' : 'PostgreSQL',
      applied: experience.applied,
      refused: experience.refused,
      struck: storm.struck,
      kills: services.reduce((sum, { kills }) => sum + kills, 0),
      pauses: services.reduce((sum, { pauses }) => sum + pauses, 0),
      operations: states,
      violations,
      histories: historiesOf(violations, operations),
    };
  } finally {
    await Promise.all(services.map((service) => service.end()));
    await emulator.stop();
  }
}

/** Callers who ask for whatever the dice say, for whichever contract, and know no more of it than what they were told. */
class Crowd {
  readonly open: string[] = [];
  private readonly homes = new Set<string>();
  private readonly cancelled = new Map<string, string>();
  private asked = 0;

  constructor(
    private readonly options: MeleeOptions,
    private readonly parts: { spots: readonly Spot[]; callers: readonly Caller[]; experience: Experience },
  ) {}

  async run(dice: Dice): Promise<void> {
    await Promise.all(Array.from({ length: this.options.callers }, (_, n) => this.caller(dice.forNumber(n))));
  }

  private async caller(dice: Dice): Promise<void> {
    const { commands, progress } = this.options;
    const { callers, experience } = this.parts;
    while (this.asked < commands) {
      this.asked += 1;
      if (this.asked % 50 === 0) progress?.(`${this.asked} of ${commands} commands`);
      const command = this.command(dice);
      const ending = await dice.pick(callers).carryOut(command);
      if (ending.kind === 'open')
        this.open.push(`${command.contractCode}: ${command.mutation} stays open: ${ending.last}`);
      if (ending.kind === 'refused') experience.refused.add(ending.why);
      if (ending.kind !== 'applied') continue;
      experience.applied.add(command.mutation);
      command.applied(ending.payload, ending.operationId);
    }
  }

  private command(dice: Dice): Command {
    const contractCode = this.code(dice);
    const mutation = this.mutation(dice);
    const cancelled = this.cancelled.get(contractCode);
    if (mutation === 'undoCancellation' && cancelled)
      return { ...this.named(contractCode, mutation), input: { operationId: cancelled } };
    const input = { contractCode, ...this.choices(mutation, dice) };
    return { ...this.named(contractCode, mutation === 'undoCancellation' ? 'activateClient' : mutation), input };
  }

  private code(dice: Dice): string {
    return `K${this.options.seed}-${dice.int(1, this.options.contracts)}`;
  }

  private mutation(dice: Dice): Mutation {
    return dice.pick<Mutation>([
      'reservePort',
      'reservePort',
      'reservePort',
      'reservePort',
      'activateClient',
      'updateClient',
      'changePort',
      'relocateClient',
      'relocateClient',
      'cancelClient',
      'undoCancellation',
      'withdrawReservation',
      'transferClient',
      'extendReservation',
      'declareContract',
      'declareContract',
    ]);
  }

  private choices(mutation: Mutation, dice: Dice): object {
    const spot = dice.pick(this.parts.spots);
    const place = { boxId: spot.boxId, location: besides(spot, dice.between(3, 25), dice.between(0, 2 * Math.PI)) };
    const home = this.homes.size > 0 && dice.chance(0.4) ? { propertyId: dice.pick([...this.homes]) } : null;
    switch (mutation) {
      case 'reservePort':
        return home ?? place;
      case 'relocateClient':
        return { ...(home ?? place), keepOldProperty: dice.chance(0.7), disconnectDrop: dice.chance(0.3) };
      case 'transferClient':
        return { newContractCode: this.code(dice), name: `Titular ${dice.int(1, 1_000)}` };
      case 'extendReservation':
        return { until: new Date(Date.now() + 86_400_000).toISOString() };
      case 'changePort':
        return { boxId: spot.boxId };
      case 'cancelClient':
        return { disconnectDrop: dice.chance(0.5), contractWasActive: true };
      case 'updateClient':
        return { name: `Nome ${dice.int(1, 1_000)}` };
      case 'declareContract':
        return { state: dice.pick(['AWAITING_ACTIVATION', 'ACTIVE', 'BLOCKED', 'CANCELLED', 'WITHDRAWN', 'ENDED']) };
      default:
        return {};
    }
  }

  private named(contractCode: string, mutation: Mutation): Command {
    const applied = (payload: Payload, operationId: string) => {
      for (const home of [
        payload.reservation?.property,
        payload.property,
        payload.oldProperty,
        payload.client?.property,
      ])
        if (home) this.homes.add(home.id);
      if (mutation === 'cancelClient') this.cancelled.set(contractCode, operationId);
    };
    return { contractCode, mutation, input: {}, mayMeet: [], applied };
  }
}

/** What must hold in OZmap, whoever won: for each client of the melee one home on one port, which is no other's; and nothing stray. */
function unsound(before: Inventory, after: Inventory): string[] {
  const earlier = new Set([...before.clients, ...before.homes, ...before.drops].map(({ id }) => id));
  const homes = new Map(after.homes.map((home) => [home.id, home]));
  const clients = after.clients.filter(({ id }) => !earlier.has(id));
  const holders = Object.entries(
    Object.groupBy(
      after.homes.flatMap(({ id, connections }) => connections.map((on) => ({ id, port: `${on.id}:${on.port}` }))),
      ({ port }) => port,
    ),
  );
  return [
    ...clients.flatMap(({ id, code }) => {
      const lives = after.homes.filter(({ client }) => client?.id === id);
      const twice = clients.some((other) => other.code === code && other.id !== id);
      return [
        ...(twice ? [`${code}: has two clients`] : []),
        ...(lives.length === 1 ? [] : [`${code}: lives in ${lives.map((home) => home.id).join(' and ') || 'no home'}`]),
        ...lives
          .filter(({ connections }) => connections.length !== 1)
          .map((home) => `${code}: home ${home.id} is on no port`),
      ];
    }),
    ...holders.flatMap(([port, on = []]) =>
      on.length > 1 ? [`port ${port} is held by ${on.map(({ id }) => id).join(' and ')}`] : [],
    ),
    ...after.drops
      .filter(({ id, boxB }) => !earlier.has(id) && !homes.has(boxB))
      .map(({ id, boxB }) => `stray drop ${id} to ${boxB}`),
    ...before.homes.filter(({ id }) => !homes.has(id)).map(({ id }) => `home ${id} of the inventory is gone`),
  ];
}

/** REFUSED says that nothing was changed: a write in doubt, or a single one that was done and not taken back, says otherwise. */
function falselyRefused({ id, contractCode, action, state, steps }: JournalledOperation): string[] {
  if (state !== 'REFUSED') return [];
  const done = steps.filter(({ outcome }) => outcome === 'DONE');
  const inDoubt = steps.some(({ outcome }) => outcome === 'UNKNOWN' || outcome === 'SENT');
  return done.length === 1 || inDoubt ? [`${contractCode}: ${action} ${id} was refused, and wrote`] : [];
}
