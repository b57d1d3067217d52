import {
  type IntegrationEventDeliveryState,
  type LoggedDeliveryFragment,
  LogsDeliveriesDocument,
  LogsRedeliverEventDocument,
  type ProblemPartsFragment,
} from '../../../generated/logs-operations.js';
import type { GraphqlClient } from '../../shared/graphql-client.js';

export type Delivery = LoggedDeliveryFragment;

/** Dead letters first: they are what somebody looks for here. */
export const DELIVERY_STATES: readonly IntegrationEventDeliveryState[] = ['DEAD_LETTER', 'WAITING', 'DELIVERED'];

/** What the list is narrowed to; null and empty are everything. */
export interface DeliveryFilters {
  state: IntegrationEventDeliveryState | null;
  contract: string;
}

export const ALL_DELIVERIES: DeliveryFilters = { state: null, contract: '' };

export interface DeliveryList {
  deliveries: readonly Delivery[];
  hasOlder: boolean;
  endCursor: string | null;
}

const PAGE = 20;
const MAX_PAGE = 100;

/** The filters in an address of this view; null: it is of the other one. */
export function readDeliveryFilters(query: string): DeliveryFilters | null {
  const given = new URLSearchParams(query);
  if (given.get('view') !== 'deliveries') return null;
  const state = DELIVERY_STATES.find((one) => one === given.get('delivery')) ?? null;
  return { state, contract: given.get('contract')?.trim() ?? '' };
}

/** The query of this view. Of what stood in the address before, only the language stays. */
export function deliveryQueryOf({ state, contract }: DeliveryFilters, before: string): string {
  const query = new URLSearchParams({ view: 'deliveries' });
  if (state) query.set('delivery', state);
  if (contract) query.set('contract', contract);
  const language = new URLSearchParams(before).get('lang');
  if (language) query.set('lang', language);
  return `?${query}`;
}

/** Reads the newest, as many as are shown already. Errors: RequestFailed. */
export async function readDeliveries(
  client: GraphqlClient,
  { state, contract }: DeliveryFilters,
  page: { shown: number; after: string | null },
  signal?: AbortSignal,
): Promise<DeliveryList> {
  const filter = { ...(state && { states: [state] }), ...(contract && { contractCode: contract }) };
  const first = Math.min(MAX_PAGE, Math.max(PAGE, page.shown));
  const variables = { filter, first, after: page.after };
  const { integrationEventDeliveries: found } = await client.request(LogsDeliveriesDocument, variables, signal);
  return {
    deliveries: (found?.edges ?? []).map(({ node }) => node),
    hasOlder: found?.pageInfo.hasNextPage ?? false,
    endCursor: found?.pageInfo.endCursor ?? null,
  };
}

/** The list with the newest part as it is now; what was loaded beyond it stays. */
export function withNewestDeliveries(list: DeliveryList, newest: DeliveryList): DeliveryList {
  if (list.deliveries.length <= newest.deliveries.length || !newest.hasOlder) return newest;
  const fresh = new Set(newest.deliveries.map(({ id }) => id));
  const oldest = newest.deliveries.at(-1)?.id ?? '';
  const older = list.deliveries.filter(({ id }) => !fresh.has(id) && BigInt(id) < BigInt(oldest));
  return { ...list, deliveries: [...newest.deliveries, ...older] };
}

/** Sends one again; the problem, where it will not be sent. Errors: RequestFailed. */
export async function redeliver(client: GraphqlClient, deliveryId: string): Promise<ProblemPartsFragment | null> {
  const { redeliverEvent } = await client.request(LogsRedeliverEventDocument, { input: { deliveryId } });
  return redeliverEvent?.problem ?? null;
}
