import { Field, ObjectType } from 'type-graphql';
import { runCommand } from '../commands/commands.js';
import type { Session } from '../commands/session.js';
import type { ContractCode } from '../domain/contract-code.js';
import type { JsonObject } from '../domain/json.js';
import type { WarningCode } from '../domain/operation.js';
import type { ClientChanges } from '../domain/policy.js';
import { ForbiddenError } from '../errors/app-error.js';
import { type ProblemData, requestLanguage, toProblem } from '../errors/messages.js';
import type { Language } from '../errors/sentences/sentence-for.js';
import type { Command } from '../saga/command.js';
import type { RequestContext } from './context.js';
import { IntegrationOperation } from './operation/operation.type.js';
import { assertWithinSale } from './ozloc/sale-scope.js';
import { IntegrationProblem, IntegrationWarning } from './problem/problem.type.js';

/** What every mutation answers besides what it was asked for. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => IntegrationProblem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: IntegrationProblem | null;

  @Field(() => [IntegrationWarning], { description: 'Things to look at, although it was carried out.' })
  warnings!: IntegrationWarning[];

  /** Read only where it is asked for. */
  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation in the journal.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}

const SENTENCES: Record<Language, Record<WarningCode, string>> = {
  pt: {
    NOT_IMPLANTED_IN_OZMAP:
      'O cliente não estava implantado no OZmap; foi cancelado como ativo porque o CNT assim informou.',
    NO_PROPERTY: 'O cliente não tem imóvel no OZmap.',
    DROP_DISCONNECTED: 'O drop do cliente não está conectado a nenhuma porta no OZmap.',
    OBSERVATION_OVERWRITTEN: 'A observação que estava no OZmap foi substituída.',
    LEFT_AS_IT_IS: 'No OZmap o contrato está em outra situação, e ficou como estava.',
    OLDER_DECLARATION: 'Uma situação mais recente deste contrato já foi informada; esta não foi aplicada.',
    NOT_UPDATED: 'O nome ou a observação não foi alterado, porque a configuração não permite.',
  },
  en: {
    NOT_IMPLANTED_IN_OZMAP: 'The client was not implanted in OZmap; it was cancelled as active because CNT said so.',
    NO_PROPERTY: 'The client has no property in OZmap.',
    DROP_DISCONNECTED: "The client's drop is connected to no port in OZmap.",
    OBSERVATION_OVERWRITTEN: "OZmap's earlier observation was replaced.",
    LEFT_AS_IT_IS: 'OZmap holds the contract in another state, and was left as it is.',
    OLDER_DECLARATION: 'A later state of this contract was declared before; this one was not applied.',
    NOT_UPDATED: 'Name or observation was not changed, because the configuration does not allow it.',
  },
};

/** Warnings as people read them, in the language of the current request. */
export function warningsOf(codes: readonly WarningCode[]): IntegrationWarning[] {
  return codes.map((code) => ({ code, message: SENTENCES[requestLanguage()][code] }));
}

/** The contracts that a command's input may name; of a transfer the one that gets the client, too. */
type OnContracts = JsonObject & { contractCode?: ContractCode | null; newContractCode?: ContractCode };

/** A mutation as its resolver unpacked it. */
interface Mutation<Input extends OnContracts, Outcome, Shown> {
  command: Command<Session, Input, Outcome>;
  input: Input;
  /** Null: a command on no contract, whatever its input names. */
  contractCode?: null;
  /** Boxes whose ports it may take. */
  boxIds?: readonly (string | null | undefined)[];
  /** Homes that it may take or restore: no other command may take them before it has ended. */
  propertyIds?: readonly (string | null | undefined)[];
  /** Of a declaration: when it was so; null: now. */
  declaredAt?: Date | null;
  show: (outcome: Outcome) => Shown;
}

/** Runs a command that the caller of this request sent. Expected refusals become the payload's `problem`; other errors are rethrown. */
export async function carryOut<Input extends OnContracts, Outcome extends object, Shown extends object>(
  context: RequestContext,
  { idempotencyKey = null }: Sent,
  { command, input, boxIds = [], propertyIds = [], declaredAt, show, ...on }: Mutation<Input, Outcome, Shown>,
): Promise<MutationPayload & Partial<Shown>> {
  const { contractCode = null, newContractCode } = { ...input, ...on };
  context.forget();
  for (const code of [contractCode, newContractCode]) if (code) context.touched.contract(code);
  try {
    const actor = await context.actor();
    await knowWhatItSees(context);
    await assertWithinSale(context, input);
    const recorded = await runCommand(context.journal, command, {
      input,
      contractCode,
      newContractCode,
      idempotencyKey,
      actor,
      token: context.token,
      session: context.session,
      boxIds: named(boxIds),
      keeps: named(propertyIds, 'property:'),
      declaredAt,
    });
    // Queued while OZmap is away: accepted, with nothing to show yet. Repeated after its data were erased: nothing any more.
    if (recorded.outcome === null) return payload<Shown>(context, recorded.operationId, {});
    const { warnings = [] } = recorded.outcome as { warnings?: WarningCode[] };
    return payload<Shown>(context, recorded.operationId, { ...show(recorded.outcome), warnings: warningsOf(warnings) });
  } catch (error) {
    return problemPayload<Shown>(error, context);
  }
}

/**
 * Before anything is sent: what waits for OZmap, or whose answer is lost, is later held to the projects that this token saw. While OZmap does
 * not tell, and has not told lately, nothing is done. A token that may not list projects goes on without: what it does is never queued.
 * Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE · JOURNAL_UNAVAILABLE.
 */
async function knowWhatItSees(context: RequestContext): Promise<void> {
  try {
    await context.viewer();
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
  }
}

function named(ids: readonly (string | null | undefined)[], kind = ''): string[] {
  return ids.flatMap((id) => (id ? [`${kind}${id}`] : []));
}

/** An expected refusal as a payload; other errors are rethrown. */
export function problemPayload<Shown extends object>(
  error: unknown,
  context: RequestContext,
): MutationPayload & Partial<Shown> {
  const problem = toProblem(error);
  return payload<Shown>(context, problem.operationId, { problem });
}

/** A payload. Its operation is a getter, so that the journal is read only for callers who ask for it. */
function payload<Shown extends object>(
  context: RequestContext,
  operationId: string | null,
  shown: { problem?: ProblemData; warnings?: IntegrationWarning[] } & object,
): MutationPayload & Partial<Shown> {
  if (operationId !== null) context.touched.operations.add(operationId);
  const filled = {
    problem: null,
    warnings: [],
    ...shown,
    get operation() {
      return operationId === null ? null : context.operation(operationId);
    },
  };
  return filled as unknown as MutationPayload & Partial<Shown>;
}

/** What every mutation's input may have. The key names the command and is no part of it. */
interface Sent {
  idempotencyKey?: string | null;
}

/**
 * The command that was sent, as plain JSON: absence stays absence, null stays null. Name and observation are trimmed and composed (NFC), as a
 * reservation writes them. One of blanks clears, as an empty one does: read back, it is nothing.
 */
export function asChanges<T extends JsonObject & ClientChanges>({ idempotencyKey: _, ...sent }: Sent): T {
  const changes: ClientChanges = JSON.parse(JSON.stringify(sent));
  for (const field of ['name', 'observation'] as const) {
    const sent = changes[field];
    if (typeof sent === 'string') changes[field] = tidy(sent) || null;
  }
  return changes as T;
}

/**
 * The same where null means what absence means, as an empty text or list does: a caller whose library writes nulls on its retry repeats the
 * same command. Texts are trimmed and composed (NFC).
 */
export function withoutBlanks<T extends JsonObject>({ idempotencyKey: _, ...sent }: Sent): T {
  return JSON.parse(JSON.stringify(sent), (_name, value: unknown) => {
    const kept = typeof value === 'string' ? tidy(value) : value;
    const isBlank = kept === null || kept === '' || (Array.isArray(kept) && kept.length === 0);
    return isBlank ? undefined : kept;
  }) as T;
}

function tidy(text: string): string {
  return text.trim().normalize('NFC');
}
