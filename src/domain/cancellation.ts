import type { ContractCode } from './contract-code.js';
import type { Coordinates } from './geo.js';
import type { JsonObject } from './json.js';

/** What a cancellation does to each thing it touches. */
const PLANNED_EFFECTS = ['DELETED', 'KEPT', 'WRITTEN', 'DISCONNECTED'] as const;
type PlannedEffect = (typeof PLANNED_EFFECTS)[number];

/** One line of a cancellation's plan, e.g. DELETED client 64c1… */
export interface PlannedStep {
  effect: PlannedEffect;
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
  location: { lat: Coordinates['lat']; lng: Coordinates['lng'] } | null;
  connection: { equipmentId: string; kind: string; port: number | null; fiberId: string | null } | null;
};
