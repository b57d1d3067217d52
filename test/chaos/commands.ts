import { cancelled, portIn, relocated, reserved, transferred, undone, withdrawn } from './acknowledged.js';
import type { Beliefs, Contract, Home } from './belief.js';
import type { Command } from './command.js';
import type { Dice } from './dice.js';
import { besides, type Spot, squareM } from './plant.js';

/** Others on the same boxes may have been quicker. OZmap's own words stay where its state has changed again by the time we ask why. */
const NO_PORT = ['BOX_NOT_OFFERED', 'BOX_FULL', 'PORT_TAKEN', 'UPSTREAM_REFUSED'];
const NO_HOME = ['PROPERTY_OCCUPIED', 'NOT_FOUND', ...NO_PORT];
/** Well within any drop's limit. */
const NEAR_M = 25;
const NEIGHBOUR_M = 110;

/** What may be declared; whether an ended one was cancelled or withdrawn is told apart. */
export type Word = 'AWAITING_ACTIVATION' | 'ACTIVE' | 'BLOCKED' | 'CANCELLED' | 'WITHDRAWN';

/** What one contract's caller may ask for, with the choices that the dice make. */
export class Asking {
  constructor(
    private readonly contract: Contract,
    private readonly beliefs: Beliefs,
    private readonly spots: readonly Spot[],
    private readonly dice: Dice,
  ) {}

  reserve(): Command {
    const place = this.newPlace();
    const input = { ...place.input, name: `Cliente ${this.contract.code}`, address: `Rua ${this.contract.code}` };
    return this.command('reservePort', input, NO_PORT, (payload) =>
      reserved(this.beliefs, this.contract, place.home, payload),
    );
  }

  takeOver(home: Home): Command {
    const input = { propertyId: home.id, name: `Cliente ${this.contract.code}` };
    return this.command('reservePort', input, NO_HOME, (payload) =>
      reserved(this.beliefs, this.contract, home, payload),
    );
  }

  activate(): Command {
    return this.command('activateClient', {}, [], () => {
      if (this.contract.client) this.contract.client.implanted = true;
    });
  }

  rename(): Command {
    const name = `Nome ${this.dice.int(1, 1_000_000)}`;
    return this.command('updateClient', { name }, [], () => {
      if (this.contract.client) this.contract.client.name = name;
    });
  }

  withdraw(): Command {
    return this.command('withdrawReservation', {}, [], () => withdrawn(this.contract));
  }

  cancel(): Command {
    const disconnectDrop = this.dice.chance(0.6);
    return this.command('cancelClient', { disconnectDrop }, [], (_payload, operationId) =>
      cancelled(this.contract, operationId, disconnectDrop),
    );
  }

  undo(): Command {
    const { contract } = this;
    if (!contract.cancellation) throw new Error(`${contract.code} has no cancellation to undo`);
    const { operationId } = contract.cancellation;
    const mayMeet = ['PORT_NO_LONGER_FREE', ...NO_HOME];
    const undo = this.command('undoCancellation', {}, mayMeet, (payload) => undone(contract, payload));
    return { ...undo, input: { operationId } };
  }

  changePort(): Command {
    const { home } = this.contract;
    if (!home) throw new Error(`${this.contract.code} has no home`);
    const near = this.spots.filter((spot) => squareM(spot, home.location) < NEIGHBOUR_M ** 2);
    const spot = this.dice.pick(near.length > 0 ? near : this.spots);
    const input = { boxId: spot.boxId, ...this.maybePort(spot, 0.7) };
    return this.command('changePort', input, NO_PORT, ({ client }) => {
      home.boxId = spot.boxId;
      home.port = portIn(client?.connection);
    });
  }

  relocate(): Command {
    const keepOldProperty = this.dice.chance(0.6);
    const disconnectDrop = this.dice.chance(0.4);
    const empty = this.beliefs.empty();
    const home = empty.length > 0 && this.dice.chance(0.25) ? this.dice.pick(empty) : null;
    const place = home ? { home, input: { propertyId: home.id } } : this.newPlace();
    const input = { ...place.input, keepOldProperty, disconnectDrop };
    return this.command('relocateClient', input, home ? NO_HOME : NO_PORT, (payload) =>
      relocated(
        this.beliefs,
        this.contract,
        place.home,
        { keepOld: keepOldProperty, disconnects: disconnectDrop },
        payload,
      ),
    );
  }

  /**
   * What the contract is now. `unheard`: said once, and nobody waits for the answer; what comes next is newer, and counts whether or not this one
   * has arrived.
   */
  declare(state: Word, { unheard = false } = {}): Command {
    const at = Math.max(Date.now(), (this.contract.declaredAt ?? 0) + 1);
    this.contract.declaredAt = at;
    const word = this.word(state, at, ({ warnings, carriedOut }, operationId) => {
      if (warnings?.some(({ code }) => code === 'OLDER_DECLARATION'))
        throw new Error(`${this.contract.code}: the newest word ${state} was taken for an older one`);
      this.believe(state, operationId, carriedOut ?? []);
    });
    return { ...word, unheard };
  }

  /** What the contract was before that, said again: it changes nothing. */
  declareOlder(state: Word): Command {
    const at = (this.contract.declaredAt ?? 0) - this.dice.int(1, 3_600_000);
    return this.word(state, at, ({ warnings, carriedOut }) => {
      if (carriedOut?.length !== 0 || !warnings?.some(({ code }) => code === 'OLDER_DECLARATION'))
        throw new Error(`${this.contract.code}: the older word ${state} was carried out`);
    });
  }

  private word(state: Word, at: number, applied: Command['applied']): Command {
    return this.command('declareContract', { state, at: new Date(at).toISOString() }, [], applied);
  }

  /**
   * What a state that was carried out comes to. Whether a word before it that went unheard had activated or cancelled, nobody was told: then
   * nobody undoes that.
   */
  private believe(state: Word, operationId: string, carriedOut: readonly string[]): void {
    const { contract } = this;
    const { client } = contract;
    if (!client) return;
    if (state === 'ACTIVE') client.implanted = true;
    else if (state === 'WITHDRAWN') withdrawn(contract);
    else if (state === 'CANCELLED') {
      const { implanted } = client;
      cancelled(contract, operationId, false);
      if (!implanted || !carriedOut.includes('client.cancel')) contract.cancellation = null;
    }
  }

  /** To a contract that nobody else asks for. */
  transfer(): Command {
    const to = { code: `${this.contract.code}-T`, name: `Titular ${this.dice.int(1, 1_000_000)}` };
    return this.command('transferClient', { newContractCode: to.code, name: to.name }, [], (payload) =>
      transferred(this.contract, to, payload),
    );
  }

  /** Beyond the end of the run. */
  extend(): Command {
    const until = new Date(Date.now() + this.dice.int(1, 30) * 86_400_000).toISOString();
    return this.command('extendReservation', { until }, [], () => {});
  }

  /** A lead has no contract: its telephone number tells it from others. */
  lead(): Command {
    const phone = `31 ${this.contract.code}`;
    const { home } = this.newPlace();
    const lead = this.command('createProspect', { location: home.location, phone }, [], ({ prospect }) => {
      if (!prospect) throw new Error(`${phone} was acknowledged without its lead`);
      this.beliefs.leads.set(phone, prospect);
    });
    return { ...lead, input: { location: home.location, phone } };
  }

  private newPlace() {
    const spot = this.dice.pick(this.spots);
    const location = besides(spot, this.dice.between(3, NEAR_M), this.dice.between(0, 2 * Math.PI));
    return {
      home: { boxId: spot.boxId, location },
      input: { boxId: spot.boxId, location, ...this.maybePort(spot, 0.3) },
    };
  }

  private maybePort({ splitters }: Spot, chance: number): { splitterId?: string; port?: number } {
    if (!this.dice.chance(chance)) return {};
    const { id, ports } = this.dice.pick(splitters);
    return this.dice.chance(0.8) ? { splitterId: id, port: this.dice.int(1, ports) } : { splitterId: id };
  }

  private command(
    mutation: Command['mutation'],
    input: Record<string, unknown>,
    mayMeet: readonly string[],
    applied: Command['applied'],
  ): Command {
    const contractCode = this.contract.code;
    return { contractCode, mutation, input: { contractCode, ...input }, mayMeet, applied };
  }
}
