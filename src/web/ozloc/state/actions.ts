import type { TicketSession } from '../session.js';
import type { LatLng } from './geometry.js';
import type {
  Access,
  Choice,
  ExistingClient,
  Form,
  NearbyBox,
  Outcome,
  OzlocState,
  Place,
  Pole,
  PortTarget,
  Position,
  SentCommand,
  Trouble,
  Viability,
} from './state.js';

/** Everything that can happen on the page. */
export type Action =
  | { type: 'access.changed'; access: Access; canGoOn?: boolean }
  | { type: 'session.opened'; session: Omit<TicketSession, 'token'> }
  | { type: 'key.dismissed' }
  | { type: 'search.typed'; text: string }
  | { type: 'search.status'; status: OzlocState['search']['status'] }
  | { type: 'position.grabbed' }
  | { type: 'position.tapped'; at: LatLng | null }
  | { type: 'position.moved'; to: Pick<Position, 'lat' | 'lng' | 'accuracyM' | 'source'>; sameStep?: boolean }
  | { type: 'position.undone' }
  | { type: 'position.corrected'; to: LatLng }
  | { type: 'position.asTyped' }
  | { type: 'position.chosen'; place: Place; only?: boolean }
  | { type: 'viability.started'; asked: string | null }
  | { type: 'viability.answered'; answer: Viability; byAddress: boolean }
  | { type: 'viability.failed'; trouble: Trouble }
  | { type: 'box.hot'; boxId: string | null }
  | { type: 'box.asked'; boxId: string }
  | { type: 'nearest.found'; boxes: OzlocState['nearest'] }
  | { type: 'surroundings.loaded'; boxes: NearbyBox[] }
  | { type: 'map.looked'; look: NonNullable<OzlocState['look']> }
  | { type: 'sale.chosen'; choice: Choice }
  | { type: 'port.chosen'; target: PortTarget | null }
  | { type: 'sale.left' }
  | { type: 'form.changed'; patch: Partial<Form> }
  | { type: 'submission.started'; sent: SentCommand }
  | { type: 'submission.waiting'; trouble: Trouble }
  | { type: 'submission.refused'; trouble: Trouble }
  | { type: 'sale.done'; outcome: Outcome }
  | { type: 'reservation.extended'; contractCode: string; expiresAt: string }
  | { type: 'sale.restarted' }
  | { type: 'sale.closed' }
  | { type: 'move.begun' }
  | { type: 'sale.asNew' }
  | { type: 'sale.resumed'; part: Partial<OzlocState> }
  | { type: 'existing.loading' }
  | { type: 'existing.loaded'; client: ExistingClient | null }
  | { type: 'existing.failed' }
  | { type: 'drawing.started' }
  | { type: 'drawing.pole'; pole: Pole }
  | { type: 'drawing.closed'; boxId: string }
  | { type: 'drawing.taken'; boxId: string; poles: Pole[] }
  | { type: 'drawing.missed' }
  | { type: 'drawing.undone' }
  | { type: 'drawing.left' }
  | { type: 'drawing.removed' }
  | { type: 'poles.loading' }
  | { type: 'poles.loaded'; poles: Pole[] }
  | { type: 'poles.failed' }
  | { type: 'prospect.opened' }
  | { type: 'prospect.left' }
  | { type: 'prospect.found'; lead: NonNullable<OzlocState['knownLead']> }
  | { type: 'prospect.created'; lead: NonNullable<OzlocState['lead']> };
