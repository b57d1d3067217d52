import type { StateMeaning } from './declared-state.js';

/** What the provider configured; see .env.example. */
export interface Policy {
  /** `UPDATE_CLIENT_NAME`: may CNT change the client's name in OZmap. */
  updateClientName: boolean;
  /** `UPDATE_CLIENT_OBSERVATION`: may CNT change the client's observation in OZmap. */
  updateClientObservation: boolean;
  /** `CANCEL_DISCONNECTS_DROP`: does a cancellation free the splitter port as well. */
  cancelDisconnectsDrop: boolean;
  /** `RESERVATION_TTL_HOURS`: 0 means never. */
  reservationTtlHours: number;
  /** `RESERVATION_WARNING_HOURS`: how long before its end receivers of events hear of it; 0: they do not. */
  reservationWarningHours: number;
  /** `VIABILITY_VALID_MINUTES`: how long an answer may be relied upon. */
  viabilityValidMinutes: number;
  /** `VIABILITY_RADIUS_M`: search radius where OZmap's configuration does not tell its own; null when not configured. */
  viabilityRadiusM: number | null;
  /** `POLE_PIN_MAX_M`: at a condominium's edge, a location less exact than this needs a pin. */
  polePinMaxM: number;
  /** `TZ`: by whose days the marks in observations go. */
  timeZone: string;
  /** `UNDO_WINDOW_HOURS`: how long after a cancellation it may be undone. */
  undoWindowHours: number;
  /** `CNT_STATES`: what CNT's numbers and words of its own mean, before the usual ones. */
  cntStates: readonly StateMeaning[];
}
