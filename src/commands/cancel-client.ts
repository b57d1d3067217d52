import type { CancellationSnapshot } from '../domain/cancellation.js';
import { cancellationFingerprint, cancellationSnapshot } from '../domain/cancellation-plan.js';
import { parseContractCode } from '../domain/contract-code.js';
import { type Facts, factFlag } from '../domain/facts.js';
import { WARNING_CODES, type WarningCode } from '../domain/warnings.js';
import { ConflictError } from '../errors/app-error.js';
import type { Property } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { readCancellation } from './cancellation-state.js';
import { carryOutCancellation, lookAtCancellation } from './cancellation-steps.js';
import { unlessSoldAgain } from './kit/sold-again.js';
import type { Session } from './session.js';

/** What to cancel. */
export type CancelClientCommandInput = {
  contractCode: string;
  /** Overrides the configured default. */
  disconnectDrop?: boolean | null;
  /** The contract was active in CNT although OZmap never learned it. */
  contractWasActive?: boolean | null;
  /** The plan that the caller saw: another one by now is refused. */
  planFingerprint?: string | null;
};

/** What stays. */
export interface CancellationOutcome {
  /** The home that stays; null when there was none. */
  property: Property | null;
  warnings: WarningCode[];
}

/**
 * Removes the client of an active contract and keeps the home, with the contract's mark in its observation; frees the port as well where that
 * is asked for or configured. Ids and all that an undo needs are noted before the first write, and an interrupted run goes on by them, because
 * the code is gone with the client. Six requests, seven with the disconnection.
 *
 * Errors: NOT_FOUND · CONFLICT NOT_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES, PLAN_CHANGED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const cancelClient: Command<Session, CancelClientCommandInput, CancellationOutcome> = {
  action: 'client.cancel',
  queueable: true,

  async run(input, session, operation, facts) {
    const started = readStarted(facts);
    if (started) {
      const property = await carryOutCancellation(session, operation, started);
      return { property, warnings: started.warnings };
    }
    const state = await readCancellation(session, input);
    const { client, home, disconnects, warnings } = state;
    if (input.planFingerprint && input.planFingerprint !== cancellationFingerprint(state)) {
      throw new ConflictError('PLAN_CHANGED', 'the contract is not as it was when the plan was made', [
        { field: 'planFingerprint' },
      ]);
    }
    const snapshot = cancellationSnapshot(state);
    operation.inProject(snapshot.projectId);
    await operation.keep({ propertyIds: [snapshot.propertyId], boxIds: disconnects ? [snapshot.boxId] : [] });
    operation.note({ snapshot, disconnects, warnings });
    const property = await carryOutCancellation(session, operation, { snapshot, disconnects, found: { client, home } });
    return { property, warnings };
  },

  async look(_input, session, facts) {
    const started = readStarted(facts);
    if (!started) return { seen: 'absent' };
    const look = await lookAtCancellation(session, started);
    if (look.seen !== 'applied') return look;
    return { seen: 'applied', outcome: { property: look.outcome, warnings: started.warnings } };
  },

  stands: (input, session, facts) =>
    unlessSoldAgain(cancelClient.look(input, session, facts), session, parseContractCode(input.contractCode)),
};

/** What an earlier run noted; null when none got as far as a write. */
function readStarted(
  facts: Facts,
): { snapshot: CancellationSnapshot; disconnects: boolean; warnings: WarningCode[] } | null {
  if (typeof facts.snapshot !== 'object' || facts.snapshot === null) return null;
  const noted = Array.isArray(facts.warnings) ? facts.warnings : [];
  return {
    // Written by this command itself, a few lines above.
    snapshot: facts.snapshot as CancellationSnapshot,
    disconnects: factFlag(facts, 'disconnects'),
    warnings: WARNING_CODES.filter((code) => noted.includes(code)),
  };
}
