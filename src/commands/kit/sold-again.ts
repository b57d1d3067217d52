import type { ContractCode } from '../../domain/contract-code.js';
import type { Look } from '../../saga/command.js';
import type { Session } from '../session.js';
import { findClient } from './contract.js';

/**
 * What was seen of a command that leaves no client, unless somebody carries the code again: then that sale is there to be ended, and the command
 * is still to be done. One request, beside those of `seen`. Errors: CONFLICT CODE_AMBIGUOUS.
 */
export async function unlessSoldAgain<T>(
  seen: Promise<Look<T>>,
  { ozmap }: Session,
  contractCode: ContractCode,
): Promise<Look<T>> {
  const [look, client] = await Promise.all([seen, findClient(ozmap, contractCode)]);
  return client ? { seen: 'absent' } : look;
}
