import { setTimeout as sleep } from 'node:timers/promises';
import { askAt } from '../support/ask-graphql.js';
import type { ShownOperation } from './command.js';
import type { Patience } from './patience.js';

/** An operation as the journal shows it. */
export interface JournalledOperation extends ShownOperation {
  action: string;
  contractCode: string | null;
  steps: { method: string; path: string; outcome: string }[];
}

const PAGE = 100;
/** Contract codes of a run, ids of OZmap, ids of operations. */
const NAMES = /\bK\d+-\d+\b|\b[0-9a-f]{24}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const QUERY = `query ($filter: IntegrationOperationFilter, $after: String) {
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

/** Has `patience` see how far the open operations are, until `signal`. A journal that cannot be read has not moved. */
export async function watchProgress(url: string, patience: Patience, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await readOpen(url, patience).catch(() => []);
    await sleep(1_000);
  }
}

/** Waits until every operation has ended; what is open once patience is over is returned. */
export async function awaitQuiet(url: string, patience: Patience): Promise<JournalledOperation[]> {
  for (;;) {
    const open = await readOpen(url, patience);
    if (open.length === 0 || patience.isOver()) return open;
    await sleep(250);
  }
}

async function readOpen(url: string, patience: Patience): Promise<JournalledOperation[]> {
  const open = await readJournal(url, { states: ['PENDING', 'QUEUED', 'UNKNOWN'] });
  patience.see(open.map(({ id, state, steps }) => `${id} ${state} ${steps.length}`).join());
  return open;
}

/** What the journal has of the contracts and homes that the violations name, for whoever looks for the cause: one line for each operation. */
export function historiesOf(violations: readonly string[], operations: readonly JournalledOperation[]): string[] {
  const named = new Set(violations.flatMap((violation) => violation.match(NAMES) ?? []));
  return operations
    .filter(({ id, contractCode, steps }) =>
      [id, contractCode ?? '', ...steps.flatMap(({ path }) => path.match(NAMES) ?? [])].some((name) => named.has(name)),
    )
    .map(({ id, action, contractCode, state, steps }) => {
      const said = steps.map(({ method, path, outcome }) => `${method} ${path} ${outcome}`);
      return `${id} ${contractCode} ${action} ${state}: ${said.join(', ')}`;
    })
    .reverse();
}
