import { z } from 'zod';
import type { CancellationSnapshot } from '../../domain/cancellation.js';
import type { JsonObject } from '../../domain/json.js';
import { CONTRACT_CODE } from './contract.js';

/*
 * What sagas leave for others to read: the `record` of each, beside its own state, which no other saga reads. What was noted before there were
 * sagas is read here too, and nowhere else.
 */

/** What a withdrawal must know of the reservation it ends. */
export type ReservationRecord =
  /** Home and client were made together. */
  | { kind: 'newHome' }
  /** The home was there; `connectedHere`: its drop was on no port, and the reservation put it on one. */
  | { kind: 'takeOver'; propertyId: string; connectedHere: boolean };

/** The record of a reservation, as whoever extends it or hands it over passes it on. */
export const RESERVATION: z.ZodType<ReservationRecord> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('newHome') }),
  z.object({ kind: z.literal('takeOver'), propertyId: z.string(), connectedHere: z.boolean() }),
]);

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
