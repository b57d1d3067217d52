/** What a withdrawal does with the home: DELETE it with client and drop, or DETACH the client and leave the home as it was before. */
export const HOME_FATES = ['DELETE', 'DETACH'] as const;
export type HomeFate = (typeof HOME_FATES)[number];

/**
 * A reservation creates home and client in one call. A home this much older than its client was there before, and only taken over.
 * Milliseconds; small, because keeping a home too many is the lesser harm.
 */
const CREATED_TOGETHER_MS = 1_000;
/** The same where the journal knows that home and client were created in one call, however slow OZmap was over it. */
const CREATED_HERE_MS = 600_000;

/**
 * Does the home go with a withdrawn reservation? Not when it lived before this client: a flat that the journal does not know to be made by this
 * reservation, a home with earlier clients in its history, a home that the reservation took over. `tookOver` is what the journal knows; null when it does not know this reservation.
 */
export function homeFate(
  home: {
    buildingId: string | null;
    createdAt: string | null;
    history: readonly { clientId: string | null; code: string | null }[];
  },
  client: { id: string; code: string; createdAt: string | null },
  tookOver: boolean | null,
): HomeFate {
  if (home.buildingId !== null && tookOver !== false) return 'DETACH';
  if (home.history.some((entry) => isOther(entry, client))) return 'DETACH';
  if (tookOver) return 'DETACH';
  const toleratedMs = tookOver === false ? CREATED_HERE_MS : CREATED_TOGETHER_MS;
  return isOlder(home.createdAt, client.createdAt, toleratedMs) ? 'DETACH' : 'DELETE';
}

function isOther(
  entry: { clientId: string | null; code: string | null },
  client: { id: string; code: string },
): boolean {
  if (entry.clientId !== null) return entry.clientId !== client.id;
  return entry.code !== null && entry.code !== client.code;
}

function isOlder(home: string | null, client: string | null, toleratedMs: number): boolean {
  if (home === null || client === null) return false;
  return Date.parse(client) - Date.parse(home) > toleratedMs;
}
