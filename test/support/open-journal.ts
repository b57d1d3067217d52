import { sql } from 'kysely';
import type { JsonObject } from '../../src/domain/json.js';
import type { Actor } from '../../src/domain/operation.js';
import type { Command } from '../../src/saga/command.js';
import { createJournal } from '../../src/saga/create-journal.js';
import type { Recorded } from '../../src/saga/journal.js';
import type { OperationJournal } from '../../src/saga/operation-journal.js';
import { DEFAULT_SETTINGS, type JournalOptions } from '../../src/saga/options.js';
import type { StepRecord } from '../../src/saga/reads/records.js';
import { sweep } from '../../src/saga/sql/retention.js';
import { openDatabase } from '../../src/store/open-database.js';
import type { Viewer } from '../../src/store/tokens/token-memory.js';
import { FakePlant, fakeCommands } from './fake-plant.js';
import type { Place } from './journal-engines.js';

export const maria: Actor = { ownerId: 'u1', ownerName: 'api-cnt', cntUser: 'maria' };
export const viewer: Viewer = { ownerId: 'u1', projectIds: ['sul'] };
export const TOKEN = 'token-of-u1';

export interface TestJournal extends OperationJournal<FakePlant> {
  plant: FakePlant;
  /** SQL of every statement since it was last emptied. */
  statements: string[];
  /** Runs a command as a resolver would. The contract is the input's. */
  run<Input extends JsonObject, Outcome>(
    command: Command<FakePlant, Input, Outcome>,
    input: Input,
    extra?: {
      key?: string;
      boxIds?: string[];
      keeps?: string[];
      token?: string;
      actor?: Actor;
      plant?: FakePlant;
      look?: boolean;
    },
  ): Promise<Recorded<Outcome>>;
  state(id: string): Promise<string | undefined>;
  stepsOf(id: string | null | undefined): Promise<StepRecord[]>;
  /** Removes what its time is over for, as the background does once an hour. */
  sweep(): Promise<unknown>;
  /** Does to the database what only an accident would. */
  execute(statement: string): Promise<unknown[]>;
}

/** A journal with the fake commands, quick to decide and not yet working in the background. */
export async function openJournal(
  place: Place,
  {
    plant = new FakePlant(),
    onStatement,
    ...options
  }: Partial<Omit<JournalOptions<FakePlant>, 'database'>> & {
    plant?: FakePlant;
    /** Told each statement once it is answered, before who asked goes on. */
    onStatement?: (sql: string) => void;
  } = {},
): Promise<TestJournal> {
  const statements: string[] = [];
  const onQuery = (text: string) => {
    statements.push(text);
    onStatement?.(text);
  };
  const database = await openDatabase({ ...place.database, onQuery });
  const journal = await createJournal<FakePlant>({
    commands: fakeCommands,
    backgroundSession: () => plant,
    backgroundProjectIds: () => plant.read(() => ['sul', 'norte']),
    ...options,
    settings: { tickMs: 50, deadAfterMs: 1_000, outcomeSettleS: 1, leaseWaitMs: 10_000, ...options.settings },
    database,
  });
  await journal.rememberToken(TOKEN, { ownerId: 'u1', ownerName: 'api-cnt', projectIds: ['sul'] });
  return {
    ...journal,
    plant,
    statements,
    execute: async (statement) => (await sql.raw(statement).execute(database.db)).rows,
    run: (
      command,
      input,
      { key, boxIds = [], keeps = [], token = TOKEN, actor = maria, look = true, ...extra } = {},
    ) => {
      const session = extra.plant ?? plant;
      const { contractCode: code, newContractCode: newCode } = input;
      const contractCode = typeof code === 'string' ? code : null;
      const newContractCode = typeof newCode === 'string' ? newCode : null;
      return journal.record(
        {
          action: command.action,
          contractCode,
          newContractCode,
          input,
          idempotencyKey: key ?? null,
          actor,
          token,
          boxIds,
          keeps,
        },
        (operation) => command.run(input, session, operation, {}),
        look ? (facts) => command.look(input, session, facts) : undefined,
      );
    },
    sweep: () => sweep(database.db, { ...DEFAULT_SETTINGS, ...options.settings }),
    state: async (id) => (await journal.findOperation(id, viewer))?.state,
    stepsOf: async (id) => (await journal.findSteps([id ?? ''])).get(id ?? '') ?? [],
  };
}
