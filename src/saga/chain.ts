import { z } from 'zod';
import type { JsonObject } from '../domain/json.js';
import { OPERATION_ACTIONS, type OperationAction } from '../domain/operation.js';
import type { AnyCommand, Command, Look, OperationContext } from './command.js';

/** A command that is carried out as others, one after the other, in one operation: which ones, it finds out by reading. */
export interface Chain<Session, Input extends JsonObject, Noted extends object, Outcome>
  extends Pick<Command<Session, Input, Outcome>, 'action' | 'queueable' | 'durable'> {
  /** From 1 on: one more with every change of a link's state that a release with the old one could not go on with. */
  readonly version: number;
  /** Whatever it may be carried out as. */
  readonly commands: readonly AnyCommand<Session>[];
  /** Reads and judges; nothing is written yet. Called again where nothing was. Errors: the refusals of the command. */
  plan(input: Input, session: Session, operationId: string): Promise<ChainPlan<Noted>>;
  /** From what the plan noted and what each link came to, in order. */
  outcome(noted: Noted, outcomes: readonly unknown[]): Outcome;
}

/** `noted`: for the outcome. */
export interface ChainPlan<Noted> {
  links: readonly Link[];
  noted: Noted;
}

/** One command of a chain. */
export interface Link {
  action: OperationAction;
  input: JsonObject;
}

const JSON_OBJECT = z.record(z.string(), z.json());
const MEMORY = z.object({
  links: z.array(z.object({ action: z.enum(OPERATION_ACTIONS), input: JSON_OBJECT })),
  noted: JSON_OBJECT,
  /** Of the links that are done. */
  outcomes: z.array(z.json()),
});
type Memory = z.infer<typeof MEMORY>;

/** A chain as what the journal runs, resumes and looks at. What a link remembers lies beside what the chain does. */
export function defineChain<Session, Input extends JsonObject, Noted extends object, Outcome>(
  chain: Chain<Session, Input, Noted, Outcome>,
): Command<Session, Input, Outcome> {
  const { action, queueable, durable = false, version } = chain;
  const commandOf = (name: OperationAction) => {
    const command = chain.commands.find((one) => one.action === name);
    if (!command) throw new Error(`${action} is not carried out as ${name}`);
    return command;
  };
  const outcomeOf = ({ noted, outcomes }: Memory) => chain.outcome(noted as object as Noted, outcomes);
  return {
    action,
    queueable,
    durable,
    versions: [version],

    async run(input, session, operation, facts) {
      let memory = recall(facts) ?? (await begin(input, session, operation));
      // Where a link was interrupted, it goes on from what it remembers.
      let remembered = facts;
      for (const link of memory.links.slice(memory.outcomes.length)) {
        const outcome = await commandOf(link.action).run(link.input, session, asLink(operation, version), remembered);
        memory = { ...memory, outcomes: [...memory.outcomes, asJson(outcome)] };
        operation.note({ chain: memory, saga: null }, version);
        remembered = {};
      }
      return outcomeOf(memory);
    },

    async look(_input, session, facts) {
      const memory = recall(facts);
      const link = memory?.links[memory.outcomes.length];
      if (!memory || !link) return { seen: 'absent' };
      const seen = await commandOf(link.action).look(link.input, session, facts);
      return lookOf(memory, seen);
    },

    // The last word counts, and is carried out anew each time: mostly, there is nothing left to do.
    stands: async () => ({ seen: 'absent' }),
  };

  async function begin(input: Input, session: Session, operation: OperationContext): Promise<Memory> {
    const plan = await chain.plan(input, session, operation.operationId);
    const memory = MEMORY.parse(asJson({ ...plan, outcomes: [] }));
    operation.note({ chain: memory }, version);
    return memory;
  }

  function lookOf(memory: Memory, look: Look<unknown>): Look<Outcome> {
    const done = memory.outcomes.length;
    if (look.seen !== 'applied') return { seen: look.seen === 'absent' && done === 0 ? 'absent' : 'partly' };
    if (done + 1 < memory.links.length) return { seen: 'partly' };
    const outcome = outcomeOf({ ...memory, outcomes: [...memory.outcomes, asJson(look.outcome)] });
    return { seen: 'applied', outcome };
  }
}

/** Null: nothing was begun. */
function recall({ chain }: JsonObject): Memory | null {
  return chain ? MEMORY.parse(chain) : null;
}

/** What a link notes is a chain's: once it took everything back, another try plans anew. */
function asLink(operation: OperationContext, version: number): OperationContext {
  return {
    operationId: operation.operationId,
    step: (name, write) => operation.step(name, write),
    inProject: (projectId) => operation.inProject(projectId),
    keep: (keeping) => operation.keep(keeping),
    note: (facts, linkVersion) =>
      linkVersion === null ? operation.note({ ...facts, chain: null }, null) : operation.note(facts, version),
  };
}

function asJson<T>(value: T): JsonObject {
  return JSON.parse(JSON.stringify(value ?? null));
}
