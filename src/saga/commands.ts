import type { JsonObject } from '../domain/json.js';
import type { OperationAction } from '../domain/operation.js';
import type { TokenCheck } from '../store/tokens/token-memory.js';
import type { AnyCommand, Look, OperationContext } from './command.js';
import type { JournalOptions } from './options.js';
import type { StateVersion } from './sql/claims.js';
import type { OperationRow } from './sql/open.js';

/** The registered commands, run and looked at in the background: the rest of the journal knows them by their action only. */
export interface Commands {
  /** The states that this release can go on with. */
  readonly known: readonly StateVersion[];
  isQueueable(action: string): boolean;
  isDurable(action: string): boolean;
  /** Runs a stored operation again, from its input and facts. */
  run(row: OperationRow, context: OperationContext): Promise<unknown>;
  /** Looks by reading whether a stored operation took effect. */
  look(row: OperationRow): Promise<Look<unknown>>;
  /** Runs a command that scheduled work asks for. */
  start(action: OperationAction, input: JsonObject, context: OperationContext): Promise<unknown>;
  /** OZmap's id of what an applied operation made; null: nothing that its command names. `outcome`: JSON text. */
  madeId(action: OperationAction, outcome: string): string | null;
  backgroundProjectIds(): Promise<readonly string[]>;
  checkToken(tokenHash: string): Promise<TokenCheck>;
}

/** Ties the commands to the session of the background. Errors of `run` and `look`: an Error where action or input is not there any more. */
export function registerCommands<Session>(options: JournalOptions<Session>): Commands {
  const byAction = new Map<string, AnyCommand<Session>>(options.commands.map((command) => [command.action, command]));
  const get = (action: string) => {
    const command = byAction.get(action);
    if (!command) throw new Error(`no command is registered for ${action}`);
    return command;
  };
  const inputOf = ({ id, input }: OperationRow) => {
    if (!input) throw new Error(`operation ${id} has no input any more`);
    return input;
  };
  return {
    known: options.commands.flatMap(({ action, versions }) => versions.map((version) => ({ action, version }))),
    isQueueable: (action) => byAction.get(action)?.queueable ?? false,
    isDurable: (action) => byAction.get(action)?.durable ?? false,
    run: async (row, context) =>
      get(row.action).run(inputOf(row), options.backgroundSession(), context, row.facts ?? {}),
    look: async (row) => get(row.action).look(inputOf(row), options.backgroundSession(), row.facts ?? {}),
    start: async (action, input, context) => get(action).run(input, options.backgroundSession(), context, {}),
    madeId: (action, outcome) =>
      outcome === 'null' ? null : (byAction.get(action)?.madeId?.(JSON.parse(outcome)) ?? null),
    backgroundProjectIds: () => options.backgroundProjectIds(),
    checkToken: async (tokenHash) => (await options.checkToken?.(tokenHash)) ?? { kind: 'unknown' },
  };
}

/** True when all these projects are among the seen ones. Of a caller of whom nothing is known (null) it is never true. */
export function within(scope: readonly string[] | null, projectIds: readonly string[]): boolean {
  const seen = new Set(projectIds);
  return scope?.every((projectId) => seen.has(projectId)) ?? false;
}

/**
 * Whether who sees these projects may take for absent what it does not see of an operation: its project, and all that its caller saw. What
 * works in nobody's name has no caller; then its project must be known.
 */
export function canSee({ scope, project_id }: OperationRow, projectIds: readonly string[]): boolean {
  const touched = project_id === null ? [] : [project_id];
  return scope === null
    ? project_id !== null && within(touched, projectIds)
    : within([...scope, ...touched], projectIds);
}
