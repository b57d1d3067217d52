import { setTimeout as sleep } from 'node:timers/promises';
import { askAt } from '../support/ask-graphql.js';
import type { ShownOperation } from './command.js';

/** An operation as the journal shows it. */
export interface JournalledOperation extends ShownOperation {
  action: string;
  contractCode: string | null;
  steps: { method: string; path: string; outcome: string }[];
}

const PAGE = 100;
const QUERY = `query ($filter: OperationFilter, $after: String) {
  integrationOperations(first: ${PAGE}, after: $after, filter: $filter) {
    edges { node { id action contractCode state steps { method path outcome } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Answer {
  integrationOperations: {
    edges: { node: JournalledOperation }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** All operations, or those in some states, newest first. */
export async function readJournal(url: string, filter: { states?: string[] } = {}): Promise<JournalledOperation[]> {
  const found: JournalledOperation[] = [];
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await readPage(url, { filter, after });
    found.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

async function readPage(url: string, variables: object): Promise<Answer['integrationOperations']> {
  const { data, errors, text } = await askAt<Answer>(url, QUERY, variables);
  if (!data || errors.length > 0) throw new Error(`the journal could not be read: ${text.slice(0, 300)}`);
  return data.integrationOperations;
}

/** Waits until every operation has ended; what is open by then is returned. */
export async function awaitQuiet(url: string, withinMs: number): Promise<JournalledOperation[]> {
  const until = Date.now() + withinMs;
  for (;;) {
    const open = await readJournal(url, { states: ['PENDING', 'QUEUED', 'UNKNOWN'] });
    if (open.length === 0 || Date.now() > until) return open;
    await sleep(250);
  }
}
