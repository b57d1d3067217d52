/** What a ticket opens: one contract's sale, for a while. */
export interface TicketSession {
  token: string;
  contractCode: string;
  name: string | null;
  address: string | null;
  location: { lat: number; lng: number } | null;
  tags: string[];
  relocate: boolean;
  /** ISO 8601. */
  expiresAt: string;
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
  if (response.ok) return (await response.json()) as TicketSession;
  if (response.status >= 500) throw new Error(`session: ${response.status}`);
  return null;
}
