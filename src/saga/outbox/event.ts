import { newId } from '../../store/ids.js';
import type { FinishedState } from '../../store/operation-state.js';
import type { StoredProblem } from '../../store/tables.js';

/** A finished operation as its receivers hear of it. No personal data: who may see more asks for the operation. */
export interface FinishedOperation {
  operationId: string;
  action: string;
  contractCode: string | null;
  projectId: string | null;
  state: FinishedState;
  requestedAt: Date;
  problem: StoredProblem | null;
}

/** One delivery for each receiver. `late`: it finished before, as not applied, and took effect since. The id is the event's: the same for every receiver and on every attempt. */
export function deliveriesOf(
  operation: FinishedOperation,
  urls: readonly string[],
  late?: { finishedAt: Date },
): { id: string; url: string; orderKey: string; body: string }[] {
  if (urls.length === 0) return [];
  const { operationId, action, contractCode, projectId, state, requestedAt, problem } = operation;
  const now = new Date();
  const { finishedAt = now } = late ?? {};
  const body = JSON.stringify({
    type: late ? 'operation.late_effect' : `operation.${state.toLowerCase()}`,
    timestamp: now.toISOString(),
    data: {
      operationId,
      action,
      contractCode,
      projectId,
      state,
      requestedAt: requestedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      problem: problem && { code: problem.code, reason: problem.reason },
    },
  });
  const id = `msg_${newId()}`;
  return urls.map((url) => ({ id, url, orderKey: contractCode ?? operationId, body }));
}
