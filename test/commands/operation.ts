import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Session } from '../../src/commands/session.js';
import type { JsonObject } from '../../src/domain/json.js';
import { SEND } from '../../src/domain/write.js';
import { OutcomeUnknownError } from '../../src/errors/app-error.js';
import type { Command, Keeping, OperationContext } from '../../src/saga/command.js';

/** Which step's answer gets lost: before OZmap did anything, or after it did everything. Steps count from 0 over all runs. */
export interface Loss {
  step: number;
  when: 'before' | 'after';
}

/** One journalled operation of a command: remembers its facts from run to run, and loses the answers it is told to lose. */
export class Operation<Input extends JsonObject, Outcome> {
  readonly operationId = randomUUID();
  facts: JsonObject = {};
  projectId: string | null = null;
  readonly steps: string[] = [];
  /** What it asked to keep from others. */
  readonly kept: Keeping[] = [];

  constructor(
    readonly command: Command<Session, Input, Outcome>,
    readonly input: Input,
    readonly session: Session,
    readonly loss: Loss | null = null,
  ) {}

  /**
   * Runs, or goes on where the last run stopped. Facts pass through JSON, as a journal stores them: with each intent and at the end of a run,
   * but for one that dies with its answer.
   */
  async run(): Promise<Outcome> {
    let noted: JsonObject = {};
    const keep = () => {
      this.facts = JSON.parse(JSON.stringify({ ...this.facts, ...noted }));
      noted = {};
    };
    const context: OperationContext = {
      operationId: this.operationId,
      step: async (name, write) => {
        keep();
        const lost = this.loss?.step === this.steps.length ? this.loss.when : null;
        this.steps.push(name);
        if (lost === 'before') throw new OutcomeUnknownError('lost on the way there');
        const { value } = await write[SEND]();
        if (lost === 'after') throw new OutcomeUnknownError('lost on the way back');
        return value;
      },
      inProject: (projectId) => {
        this.projectId = projectId;
      },
      keep: async (keeping) => this.kept.push(keeping) > 0,
      note: (facts) => {
        noted = { ...noted, ...facts };
      },
    };
    try {
      const outcome = await this.command.run(this.input, this.session, context, this.facts);
      keep();
      return outcome;
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) keep();
      throw error;
    }
  }

  look() {
    return this.command.look(this.input, this.session, this.facts);
  }

  /** Runs, and after the lost answer looks and runs again: what a look takes for applied, another run must find too, and leave alone. */
  async runToTheEnd(): Promise<Outcome> {
    try {
      return await this.run();
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
    }
    const look = await this.look();
    const stepsBefore = this.steps.length;
    const outcome = await this.run();
    if (look.seen === 'applied') {
      expect(look.outcome).toEqual(outcome);
      expect(this.steps).toHaveLength(stepsBefore);
    }
    return outcome;
  }
}

/** What a saga left to its next attempt, to be changed in place. */
export function memoryOf({ facts }: { facts: JsonObject }): { state: JsonObject; problem: JsonObject | null } {
  return facts.saga as { state: JsonObject; problem: JsonObject | null };
}

/** Every way of losing one of so many answers. */
export function everyLoss(steps: number): Loss[] {
  return Array.from({ length: steps }, (_, step) => [
    { step, when: 'before' as const },
    { step, when: 'after' as const },
  ]).flat();
}
