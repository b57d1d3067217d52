import type { CancellationState } from '../domain/cancellation-plan.js';
import { parseContractCode } from '../domain/contract-code.js';
import { assertMayCancel, assertOneHome } from '../domain/contract-lifecycle.js';
import type { WarningCode } from '../domain/warnings.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { getContract } from './kit/contract.js';
import type { Session } from './session.js';

/** The choices that a cancellation takes. */
export interface CancellationChoices {
  contractCode: string;
  disconnectDrop?: boolean | null;
  contractWasActive?: boolean | null;
}

/**
 * Reads a contract and checks that it may be cancelled. Two requests.
 *
 * Errors: NOT_FOUND · CONFLICT NOT_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES.
 */
export async function readCancellation(
  { ozmap, policy }: Session,
  choices: CancellationChoices,
): Promise<CancellationState & { client: FtthClient; home: Property | null; warnings: WarningCode[] }> {
  const { client, homes } = await getContract(ozmap, parseContractCode(choices.contractCode));
  const warnings = assertMayCancel(client, choices.contractWasActive ?? false);
  const home = assertOneHome(homes);
  const disconnects = choices.disconnectDrop ?? policy.cancelDisconnectsDrop;
  return { client, home, disconnects, warnings: home ? warnings : [...warnings, 'NO_PROPERTY'] };
}
