import type { PlannedStep } from '../domain/cancellation.js';
import { cancellationFingerprint, planCancellation } from '../domain/cancellation-plan.js';
import { readCancellation } from './cancellation-state.js';
import type { Session } from './session.js';

/** Which cancellation is planned; the same choices that `cancelClient` takes. */
export interface CancellationPlanRequest {
  contractCode: string;
  disconnectDrop?: boolean | null;
  contractWasActive?: boolean | null;
}

/** Exactly what a cancellation will delete, keep, write and disconnect. `fingerprint` changes with any of it. */
export interface CancellationPlan {
  fingerprint: string;
  contractCode: string;
  steps: PlannedStep[];
}

/** Shows a cancellation before it runs. */
export class CancellationPlanService {
  constructor(readonly session: Session) {}

  /** Two requests. Errors: as `cancelClient` would refuse (NOT_FOUND · CONFLICT NOT_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES). */
  async plan(request: CancellationPlanRequest): Promise<CancellationPlan> {
    const state = await readCancellation(this.session, request);
    return {
      fingerprint: cancellationFingerprint(state),
      contractCode: state.client.code,
      steps: planCancellation(state, this.session.now()),
    };
  }
}
