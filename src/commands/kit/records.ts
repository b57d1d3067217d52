import { z } from 'zod';
import type { CancellationSnapshot } from '../../domain/cancellation-plan.js';
import type { JsonObject } from '../../domain/json.js';
import type { OperationAction } from '../../domain/operation.js';
import type { Property } from '../../ozmap/types.js';
import type { OperationSnapshot } from '../../saga/reads/records.js';
import { CONTRACT_CODE } from './contract.js';

/*
 * What sagas leave for others to read: the `record` of each, beside its own state, which no other saga reads. What was noted before there were
 * sagas is read here too, and nowhere else.
 */

/** What a withdrawal must know of the reservation it ends. Whoever extends it or hands it over passes it on. */
export const RESERVATION = z.discriminatedUnion('kind', [
  // Home and client were made together.
  z.object({ kind: z.literal('newHome') }),
  // The home was there; `connectedHere`: its drop was on no port, and the reservation put it on one.
  z.object({ kind: z.literal('takeOver'), propertyId: z.string(), connectedHere: z.boolean() }),
]);

export type ReservationRecord = z.infer<typeof RESERVATION>;

/** Of what a reservation left. Null: it left no record. */
export function reservationRecord(facts: JsonObject | null): ReservationRecord | null {
  return RESERVATION.safeParse(facts?.record).data ?? null;
}

/** What the undoing of a cancellation must know of it. */
export const CANCELLATION: z.ZodType<CancellationSnapshot> = z.object({
  clientId: z.string(),
  code: CONTRACT_CODE,
  name: z.string().nullable(),
  observation: z.string().nullable(),
  implanted: z.boolean(),
  // What was noted before it was kept brings back none.
  extras: z.record(z.string(), z.json()).default({}),
  propertyId: z.string().nullable(),
  propertyObservation: z.string().nullable(),
  boxId: z.string().nullable(),
  dropId: z.string().nullable(),
  projectId: z.string().nullable(),
  location: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  connection: z
    .object({ equipmentId: z.string(), kind: z.string(), port: z.number().nullable(), fiberId: z.string().nullable() })
    .nullable(),
});

/** Of what a cancellation left. Null: it left no record. */
export function cancellationRecord(facts: JsonObject | null): CancellationSnapshot | null {
  return CANCELLATION.safeParse(facts?.record ?? facts?.snapshot).data ?? null;
}

/** How what a command changes stood before it, as far as people ask for it; absent: it does not touch that. */
export const BEFORE = z.object({
  name: z.string().nullable().exactOptional(),
  observation: z.string().nullable().exactOptional(),
  address: z.string().nullable().exactOptional(),
  boxId: z.string().nullable().exactOptional(),
  port: z.number().nullable().exactOptional(),
});
type Before = z.infer<typeof BEFORE>;

/** Of a home: where it is, and on which port. */
export function whereabouts(
  home: Pick<Property, 'address' | 'boxId' | 'buildingId'> & { connections: readonly { port: number | null }[] },
): Before {
  const { address, boxId, buildingId, connections } = home;
  return { address, boxId: boxId ?? buildingId, port: connections[0]?.port ?? null };
}

/** One thing that a command was asked to change. `field`: as inputs call it. Null: nothing, or not known. */
export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

const VALUE = z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable().optional().catch(undefined);
/** What an input of any command may ask for, and people want to read. */
const ASKED = z.object({
  state: VALUE,
  newContractCode: VALUE,
  name: VALUE,
  phone: VALUE,
  observation: VALUE,
  address: VALUE,
  apartment: VALUE,
  boxId: VALUE,
  port: VALUE,
  until: VALUE,
});
type Values = z.infer<typeof ASKED>;
const FIELDS = Object.keys(ASKED.shape) as (keyof Values)[];

/** Where a home came to be, of the outcome of whatever moves or makes one. */
const ARRIVED = z.object({
  property: z.object({
    address: z.string().nullable(),
    boxId: z.string().nullable(),
    buildingId: z.string().nullable(),
    connections: z.array(z.object({ port: z.number().nullable() })),
  }),
});
const MOVES: ReadonlySet<OperationAction> = new Set(['port.reserve', 'port.change', 'client.relocate']);

/**
 * What an operation was asked to change and, once it is done, what that came to, beside how it stood before. Null: it is not kept any more.
 * A field that stays as it was is left out, but for the box of a port.
 */
export function changesOf(
  operation: Pick<OperationSnapshot, 'action' | 'input' | 'facts' | 'outcome'>,
): Change[] | null {
  const { action, input, facts, outcome } = operation;
  if (input === null) return null;
  const removed = cancellationRecord(facts);
  const before: Values = ASKED.parse(
    removed ? standing(removed) : (z.object({ before: BEFORE }).safeParse(facts?.record).data?.before ?? {}),
  );
  const restored = CANCELLATION.safeParse(input.snapshot).data;
  const moved = MOVES.has(action) ? ARRIVED.safeParse(outcome).data : undefined;
  const after: Values = {
    ...ASKED.parse(input),
    ...(restored && ASKED.parse(standing(restored))),
    ...(moved && ASKED.parse(whereabouts(moved.property))),
  };
  return FIELDS.flatMap((field) => {
    const [old, made] = [before[field] ?? null, after[field] ?? null];
    const isTold = old !== made || (field === 'boxId' && made !== null);
    return (field in before || field in after) && isTold ? [{ field, before: old, after: made }] : [];
  });
}

function standing({ name, boxId, connection }: CancellationSnapshot): Before {
  return { name, boxId, port: connection?.port ?? null };
}
