import type { Session } from '../session.js';
import { codeInUse } from './refused-write.js';

/**
 * Makes sure that nobody carries this code, as far as OZmap shows: among the clients, and among the homes by code, which may look into other
 * projects. What neither shows, the create itself refuses. Two requests, beside the `look` that is under way; where that is refused as well, it is
 * the code in use that the caller is told.
 *
 * Errors: CONFLICT CODE_IN_USE · those of the look.
 */
export async function withCodeFree<T>({ ozmap }: Session, code: string, look: Promise<T>): Promise<T> {
  look.catch(() => {});
  const [clients, homes] = await Promise.all([
    ozmap.findClientsByCodes([code]),
    ozmap.findPropertiesByClientCode(code),
  ]);
  const taken =
    clients.some((client) => client.code === code) || homes.some((home) => (home.client?.code ?? code) === code);
  if (taken) throw codeInUse(code);
  return look;
}
