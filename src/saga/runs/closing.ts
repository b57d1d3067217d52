import { isFinished } from '../../store/operation-state.js';
import type { Core } from '../core.js';
import { deliveriesOf } from '../events/event.js';
import type { Closing } from '../sql/close.js';
import type { Run, RunningOperation } from './run.js';

/** A UNKNOWN operation is looked at first after this. */
const FIRST_LOOK_MS = 1_000;

const STARTS_AFRESH: ReadonlySet<string> = new Set(['QUEUED', 'REFUSED', 'FAILED']);

/** What is written of an operation when a run leaves it: `end`, and all that follows from it and from what the run did. */
export function closingOf(
  core: Core,
  { operation, run }: { operation: RunningOperation; run: Run },
  end: Partial<Closing> & Pick<Closing, 'state'>,
): Closing {
  const { state, problem = null } = end;
  const ttlHours = core.settings.reservationTtlHours;
  const reserved = state === 'APPLIED' && operation.action === 'port.reserve';
  return {
    outcome: null,
    problem,
    // Surely nothing was done: whoever takes it up again starts from how things stand then.
    facts:
      run.done === 0 && !operation.start.hasUnresolvedWrite && STARTS_AFRESH.has(state)
        ? '{}'
        : JSON.stringify(run.facts),
    projectId: run.projectId,
    last: run.last,
    releaseKey: false,
    expiresInHours: reserved && ttlHours > 0 ? ttlHours : null,
    madeClientId: reserved ? clientIdOf(end.outcome) : null,
    lookAgainInS: null,
    lookInMs: state === 'UNKNOWN' ? FIRST_LOOK_MS : null,
    deliveries: isFinished(state)
      ? deliveriesOf(
          { ...operation, operationId: run.operationId, projectId: run.projectId, state, problem },
          core.webhookUrls,
        )
      : [],
    ...end,
  };
}

/** The outcome of `port.reserve` carries the client that was made. */
function clientIdOf(outcome: string | null | undefined): string | null {
  const { client } = JSON.parse(outcome ?? 'null') ?? {};
  return typeof client?.id === 'string' ? client.id : null;
}
