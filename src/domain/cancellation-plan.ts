import { createHash } from 'node:crypto';
import type { Connected } from './connection.js';
import type { ContractCode } from './contract-code.js';
import { hasMark, markText } from './contract-mark.js';
import type { JsonObject } from './json.js';

/** One line of a cancellation's plan, e.g. DELETED client 64c1… */
export interface PlannedStep {
  effect: 'DELETED' | 'KEPT' | 'WRITTEN' | 'DISCONNECTED';
  /** `client`, `property`, `observation`, `drop` or `port`; `client.<field>`: a field of it that no undo can bring back. */
  what: string;
  id: string | null;
  detail: string | null;
}

/** What undoing a cancellation needs to know of how things stood before it. Plain JSON. */
export type CancellationSnapshot = {
  clientId: string;
  code: ContractCode;
  name: string | null;
  observation: string | null;
  implanted: boolean;
  /** Equipment, labels and states of the client, as OZmap takes them. */
  extras: JsonObject;
  /** Null when the client had no home. */
  propertyId: string | null;
  propertyObservation: string | null;
  boxId: string | null;
  dropId: string | null;
  projectId: string | null;
  location: { lat: number; lng: number } | null;
  connection: { equipmentId: string; kind: string; port: number | null; fiberId: string | null } | null;
};

interface Client extends Pick<CancellationSnapshot, 'code' | 'name' | 'observation' | 'implanted' | 'extras'> {
  id: string;
  unwritable: readonly string[];
}

interface Home extends Pick<CancellationSnapshot, 'location' | 'boxId' | 'dropId' | 'projectId'> {
  id: string;
  address: string | null;
  observation: string | null;
  connections: readonly (Connected['connections'][number] & { name: string | null })[];
}

/** A contract as it stands, and how it is to be cancelled. */
export interface CancellationState {
  client: Client;
  home: Home | null;
  disconnects: boolean;
}

/** Exactly what a cancellation does, in its order. `day`: as `dayOf` writes it. */
export function planCancellation({ client, home, disconnects }: CancellationState, day: string): PlannedStep[] {
  const removal = [
    step('DELETED', 'client', client.id, client.code),
    ...client.unwritable.map((field) => step('DELETED', `client.${field}`, client.id, null)),
  ];
  if (!home) return removal;
  const mark = { kind: 'cancelado' as const, code: client.code, day };
  return [
    ...(hasMark(home.observation, mark) ? [] : [step('WRITTEN', 'observation', home.id, markText(mark))]),
    ...home.connections.map(({ id, name, port }) =>
      step(disconnects ? 'DISCONNECTED' : 'KEPT', 'port', id, [name, port].filter((part) => part !== null).join(' · ')),
    ),
    ...removal,
    step('KEPT', 'property', home.id, home.address),
    ...(home.dropId === null ? [] : [step('KEPT', 'drop', home.dropId, null)]),
  ];
}

/** Changes with anything that the plan rests on; not with the day it is looked at. */
export function cancellationFingerprint({ client, home, disconnects }: CancellationState): string {
  const facts = [
    client.id,
    client.code,
    client.implanted,
    client.unwritable,
    home && [home.id, home.address, home.observation, home.boxId, home.dropId],
    home?.connections.map(({ id, port }) => [id, port]),
    disconnects,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

/** How things stand before a cancellation, for whoever finishes or undoes it. */
export function cancellationSnapshot({ client, home }: CancellationState): CancellationSnapshot {
  const connection = home?.connections[0];
  return {
    clientId: client.id,
    code: client.code,
    name: client.name,
    observation: client.observation,
    implanted: client.implanted,
    extras: client.extras,
    propertyId: home?.id ?? null,
    propertyObservation: home?.observation ?? null,
    boxId: home?.boxId ?? null,
    dropId: home?.dropId ?? null,
    projectId: home?.projectId ?? null,
    location: home?.location ? { lat: home.location.lat, lng: home.location.lng } : null,
    connection: connection
      ? { equipmentId: connection.id, kind: connection.kind, port: connection.port, fiberId: connection.fiberId }
      : null,
  };
}

function step(effect: PlannedStep['effect'], what: string, id: string, detail: string | null): PlannedStep {
  return { effect, what, id, detail };
}
