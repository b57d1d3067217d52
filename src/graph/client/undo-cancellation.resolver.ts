import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { cancellationRecord } from '../../commands/kit/records.js';
import { type UndoCancellationCommandInput, undoCancellation } from '../../commands/undo-cancellation.saga.js';
import { BadUserInputError, ConflictError, NotFoundError } from '../../errors/app-error.js';
import { IdempotencyKeyField } from '../command-fields.js';
import type { RequestContext } from '../context.js';
import { carryOut, MutationPayload, problemPayload } from '../mutation.js';
import { Client, clientFrom } from './client.type.js';

/** Result of undoing a cancellation. */
@ObjectType({ description: 'Result of undoing a cancellation.' })
export class UndoCancellationPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The restored client.' })
  client?: Client | null;
}

/** Which cancellation is taken back. */
@InputType({ description: 'The cancellation to undo.' })
export class UndoCancellationInput {
  @MaxLength(64)
  @Field(() => ID, { description: "Id of the cancellation's operation." })
  operationId!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Brings cancelled clients back. */
@Resolver()
export class UndoCancellationResolver {
  @Mutation(() => UndoCancellationPayload, {
    nullable: true,
    description:
      'Restores the client of a cancelled contract with its code, equipment, tags and connection, while the port is free or still used by its property. The client gets a new id in OZmap.',
  })
  async undoCancellation(
    @Arg('input', () => UndoCancellationInput, { description: 'The cancellation to undo.' })
    input: UndoCancellationInput,
    @Ctx() context: RequestContext,
  ): Promise<UndoCancellationPayload> {
    try {
      const wanted = await undoInput(context, input.operationId);
      return await carryOut(context, input, {
        command: undoCancellation,
        input: wanted,
        boxIds: [wanted.snapshot.boxId],
        propertyIds: [wanted.snapshot.propertyId],
        show: ({ client }) => ({ client: clientFrom(client) }),
      });
    } catch (error) {
      return problemPayload<object>(error, context);
    }
  }
}

/**
 * What `undoCancellation` runs on, from what the cancellation left in the journal.
 * Errors: NOT_FOUND · BAD_USER_INPUT (no applied cancellation) · CONFLICT IN_PROGRESS (not finished), UNDO_EXPIRED (its data is gone).
 */
export async function undoInput(
  context: Pick<RequestContext, 'journal' | 'viewer'>,
  operationId: string,
): Promise<UndoCancellationCommandInput> {
  const [operation] = await context.journal.findSnapshots([operationId], await context.viewer());
  if (!operation) throw new NotFoundError('operationId', operationId);
  const { action, state, contractCode, finishedAt, facts } = operation;
  const isDeclared = action === 'contract.declare';
  if (!(isDeclared || action === 'client.cancel') || contractCode === null) throw notCancelled();
  if (state === 'PENDING' || state === 'QUEUED' || state === 'UNKNOWN')
    throw new ConflictError('IN_PROGRESS', 'the cancellation is not finished');
  if (state !== 'APPLIED' || !finishedAt) throw notCancelled();
  const snapshot = cancellationRecord(facts);
  if (!snapshot && isDeclared) throw notCancelled();
  if (!snapshot) throw new ConflictError('UNDO_EXPIRED', 'what the cancellation knew is not kept any more');
  return { operationId, contractCode: snapshot.code, cancelledAt: finishedAt.toISOString(), snapshot };
}

function notCancelled(): BadUserInputError {
  return new BadUserInputError('this operation is no applied cancellation', [{ field: 'operationId' }]);
}
