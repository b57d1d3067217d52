import { isFinished, type OperationAction } from '../../domain/operation.js';
import type { Core } from '../core.js';
import { deliveriesOf } from '../outbox/event.js';
import type { Closing } from '../sql/close.js';
import type { Run } from './run.js';
import type { RunningOperation } from './running.js';

/** An operation in doubt is looked at first after this. */
const FIRST_LOOK_MS = 1_000;

const STARTS_AFRESH: ReadonlySet<string> = new Set(['QUEUED', 'REFUSED', 'FAILED']);

/** What is written of an operation when a run leaves it: `end`, and all that follows from it and from what the run did. */
export function closingOf(
  core: Core,
  { operation, run }: { operation: RunningOperation; run: Run },
  end: Partial<Closing> & Pick<Closing, 'state'>,
): Closing {
  const { state, problem = null } = end;
  const { action } = operation;
  const outcome = state === 'APPLIED' ? (end.outcome ?? 'null') : null;
  const followUp = outcome === null ? null : followUpOf(core, action, outcome);
  // Surely nothing was done: the next attempt starts from how things are then. What is looked at again needs to know what to look for.
  const mayComeLate = operation.start.hasUnresolvedWrite || end.lookAgainInS != null;
  const startsAfresh = run.done === 0 && !mayComeLate && STARTS_AFRESH.has(state);
  return {
    outcome: null,
    problem,
    facts: startsAfresh ? '{}' : JSON.stringify(run.facts),
    version: startsAfresh ? null : run.version,
    projectId: run.projectId,
    last: run.last,
    releaseKey: false,
    madeId: outcome === null ? null : core.commands.madeId(action, outcome),
    followUp,
    lookAgainInS: null,
    lookInMs: state === 'UNKNOWN' ? FIRST_LOOK_MS : null,
    retryMaxMs: core.settings.queueRetryMaxS * 1_000,
    deliveries: isFinished(state)
      ? deliveriesOf(
          {
            ...operation,
            operationId: run.operationId,
            projectId: run.projectId,
            state,
            problem,
            outcome: outcome === null ? null : JSON.parse(outcome),
            hasWritten: run.done > 0 || run.wroteBefore || run.inDoubt,
            expiresAt: followUp?.at ?? null,
          },
          core.receivers(),
        )
      : [],
    ...end,
  };
}

/** `outcome`: JSON text. */
function followUpOf({ scheduled, hasReceivers }: Core, action: OperationAction, outcome: string): Closing['followUp'] {
  const work = scheduled.find(({ after }) => after.includes(action));
  const due = work?.due(action, JSON.parse(outcome));
  if (!due) return null;
  // One time for the journal and for the event that tells it.
  const at = 'at' in due ? due.at : new Date(Date.now() + due.inMs);
  return { at, warnsBeforeMs: hasReceivers ? (work?.warnsBeforeMs ?? 0) : 0 };
}
