/** What a ticket opens: one contract's sale, for a while. */
export interface TicketSession {
  token: string;
  contractCode: string;
  name: string | null;
  address: string | null;
  location: { lat: number; lng: number } | null;
  tags: string[];
  relocate: boolean;
  /** Of whom the link named; absent where it did not. */
  openerOrigin?: string;
  returnUrl?: string;
  state?: string;
  /** From now on. By the server's clock alone: many a phone's is wrong. */
  lifetimeMs: number;
}

/** The session of a ticket; null when the ticket was used already, is too old or was never one. Errors: throws when the server cannot tell. */
export async function exchangeTicket(url: URL, ticket: string): Promise<TicketSession | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
    credentials: 'omit',
    cache: 'no-store',
  });
  if (response.ok) {
    const { expiresAt, ...session } = (await response.json()) as Omit<TicketSession, 'lifetimeMs'> & {
      expiresAt: string;
    };
    const now = Date.parse(response.headers.get('date') ?? '') || Date.now();
    return { ...session, lifetimeMs: Date.parse(expiresAt) - now };
  }
  if (response.status >= 500) throw new Error(`session: ${response.status}`);
  return null;
}

/** Ends a sale on the server: its bearer is revoked. If the request fails, the bearer expires by itself. */
export function endSession(url: URL, token: string): void {
  const headers = { authorization: `Bearer ${token}` };
  // `keepalive`: also while the page goes.
  fetch(url, { method: 'DELETE', headers, credentials: 'omit', cache: 'no-store', keepalive: true }).catch(() => {});
}
