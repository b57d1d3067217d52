import type { Beliefs } from './belief.js';
import type { Caller, Ending, Experience } from './caller.js';
import type { Command } from './command.js';
import type { Dice } from './dice.js';
import type { Told } from './journal-verdict.js';
import { lifecycle } from './lifecycle.js';
import type { Spot } from './plant.js';

/** How long a caller stays that does not wait for its answer: some words arrive, some do not. */
const UNHEARD_MS = 400;
/** Fresh keys for a command that was found not to have been applied, before its caller lets it be. */
const TRIES = 4;

interface Parts {
  beliefs: Beliefs;
  spots: readonly Spot[];
  dice: Dice;
  caller: Caller;
  experience: Experience;
}

/** Leads the lifecycles, some at a time, each command after the end of the one before. */
export class Lanes {
  commands = 0;
  readonly told: Told[] = [];
  /** By contract code: how many words were said without waiting for an answer. */
  readonly unheard = new Map<string, number>();
  readonly violations: string[] = [];
  private next = 0;
  private done = 0;

  constructor(
    private readonly options: {
      seed: number;
      lifecycles: number;
      lanes: number;
      progress?: (line: string) => void;
    },
    private readonly parts: Parts,
  ) {}

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.lanes }, () => this.lane()));
  }

  private async lane(): Promise<void> {
    const { lifecycles, seed, progress } = this.options;
    while (this.next < lifecycles) {
      const number = this.next;
      this.next += 1;
      await this.live(`K${seed}-${number}`, this.parts.dice.forNumber(number));
      this.done += 1;
      if (this.done % 10 === 0) progress?.(`${this.done} of ${lifecycles} lifecycles, ${this.commands} commands`);
    }
  }

  private async live(code: string, dice: Dice): Promise<void> {
    const { beliefs, spots } = this.parts;
    try {
      for (const command of lifecycle(beliefs.newContract(code), { beliefs, spots, dice })) {
        if (command.unheard) await this.mention(command, dice.int(1, UNHEARD_MS));
        else if (!(await this.carryOut(command))) return;
      }
    } catch (error) {
      this.violations.push(`${code}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async mention(command: Command, withinMs: number): Promise<void> {
    this.commands += 1;
    this.unheard.set(command.contractCode, (this.unheard.get(command.contractCode) ?? 0) + 1);
    await this.parts.caller.mention(command, withinMs);
  }

  /** False: nobody knows how the contract stands, so nothing more is asked for it. */
  private async carryOut(command: Command): Promise<boolean> {
    const { mutation } = command;
    const { caller, experience } = this.parts;
    for (let tries = 1; ; tries += 1) {
      this.commands += 1;
      const ending = await caller.carryOut(command);
      this.note(command, ending);
      if (ending.kind === 'applied') {
        experience.applied.add(mutation);
        command.applied(ending.payload, ending.operationId);
        return true;
      }
      if (ending.kind === 'open') return false;
      experience.refused.add(ending.why);
      const again = ending.why === 'NOT_APPLIED' && tries < TRIES;
      if (!again) return this.goesOnAfter(command, ending.why);
    }
  }

  /** Without its sale a lifecycle tries another box; without its cancellation it ends as it stands. */
  private goesOnAfter({ mayMeet }: Command, why: string): boolean {
    return why !== 'NOT_APPLIED' || mayMeet.length > 0;
  }

  private note({ contractCode, mutation, mayMeet }: Command, ending: Ending): void {
    const name = `${contractCode}: ${mutation}`;
    if (ending.kind === 'open') this.violations.push(`${name} was not told its end; last: ${ending.last}`);
    if (ending.kind === 'refused' && ending.why !== 'NOT_APPLIED' && !mayMeet.includes(ending.why))
      this.violations.push(`${name} ${ending.operationId} was refused: ${ending.why}, ${ending.message}`);
    if (ending.kind === 'open' || ending.operationId === null) return;
    const { operationId } = ending;
    this.told.push({ contractCode, mutation, operationId, applied: ending.kind === 'applied' });
  }
}
