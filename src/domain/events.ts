import type { OperationAction } from './operation.js';

/**
 * Whatever receivers may be told. `operation.…`: how a command ended, whichever it was. The others: what became of a contract, in its own words,
 * and only where something did.
 */
export const EVENT_TYPES = [
  'operation.applied',
  'operation.refused',
  'operation.failed',
  'operation.late_effect',
  'reservation.created',
  'reservation.expiring',
  'reservation.extended',
  'reservation.expired',
  'reservation.withdrawn',
  'client.activated',
  'client.updated',
  'client.relocated',
  'client.port_changed',
  'client.transferred',
  'client.cancelled',
  'client.restored',
  'contract.declared',
  'prospect.created',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an applied command is to its contract. */
export const CONTRACT_EVENT: Readonly<Record<OperationAction, EventType>> = {
  'port.reserve': 'reservation.created',
  'reservation.extend': 'reservation.extended',
  'reservation.withdraw': 'reservation.withdrawn',
  'client.activate': 'client.activated',
  'client.update': 'client.updated',
  'client.relocate': 'client.relocated',
  'port.change': 'client.port_changed',
  'client.transfer': 'client.transferred',
  'client.cancel': 'client.cancelled',
  'cancellation.undo': 'client.restored',
  'contract.declare': 'contract.declared',
  'prospect.create': 'prospect.created',
};

/** Somebody who is told. */
export interface Receiver {
  /** As it is called in the page of deliveries and in logs; of one that has only an address, its host. */
  name: string;
  /** Which deliveries are its: its name, where a file gives it one, else its address. */
  key: string;
  /** May be all that the receiver asks for: as secret as `secret`. */
  url: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  secret: string;
  /** Null: of all projects, and of what lies in none. */
  projectIds: readonly string[] | null;
  /** Types, or all that begin alike: `client.*`. Null: all. */
  types: readonly string[] | null;
}

/** Receivers of everything, known by their addresses. */
export function receiversAt(urls: readonly string[], secret: string): Receiver[] {
  return urls.map((url) => ({ name: new URL(url).host, key: url, url, secret, projectIds: null, types: null }));
}

/** How the receiver with this key is called where it is shown: nothing of an address but its host. Null: it is neither name nor address. */
export function receiverName(key: string): string | null {
  if (URL.canParse(key)) return new URL(key).host;
  return RECEIVER_NAME.test(key) ? key : null;
}

/** Who has this key; also by an address under which it was known before it had a name. Null: nobody any more. */
export function receiverOf(key: string, receivers: readonly Receiver[]): Receiver | null {
  return receivers.find((one) => one.key === key) ?? receivers.find((one) => one.url === key) ?? null;
}

/** How whoever has this key, or had it, is counted. */
export function countedAs(key: string, receivers: readonly Receiver[]): string {
  return receiverOf(key, receivers)?.name ?? receiverName(key) ?? 'unknown';
}

export const RECEIVER_NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/** Whether an event of this type and project is the receiver's own. */
export function concerns({ projectIds, types }: Receiver, type: EventType, projectId: string | null): boolean {
  const isOfProject = projectIds === null || (projectId !== null && projectIds.includes(projectId));
  return isOfProject && (types === null || types.some((one) => one === type || one === `${type.split('.')[0]}.*`));
}
