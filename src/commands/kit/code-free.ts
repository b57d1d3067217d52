import type { Ozmap } from '../../ozmap/types.js';
import { codeInUse } from './refused-write.js';

/**
 * Makes sure that nobody carries this code, as far as OZmap shows: among the clients, and among the homes by code, which may look into other
 * projects. What neither shows, the create itself refuses. Two requests at once.
 *
 * Errors: CONFLICT CODE_IN_USE.
 */
export async function assertCodeFree(ozmap: Ozmap, code: string): Promise<void> {
  const [clients, homes] = await Promise.all([
    ozmap.findClientsByCodes([code]),
    ozmap.findPropertiesByClientCode(code),
  ]);
  const taken =
    clients.some((client) => client.code === code) || homes.some((home) => (home.client?.code ?? code) === code);
  if (taken) throw codeInUse(code);
}

/** Both at once, but when both fail it is the first one's refusal that counts: a code in use matters more than a full box. */
export async function firstThen<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  second.catch(() => {});
  return [await first, await second];
}
