import type * as types from '../../../generated/operations.js';
import type * as commands from '../../../generated/ozloc-commands.js';
import type { TicketSession } from '../session.js';
import type { LatLng } from './geometry.js';

/** Codes of requests whose answer got lost between the page and the service, or that a proxy answered in the service's place. */
export const LOST_ON_THE_WAY: ReadonlySet<string> = new Set(['NETWORK', 'HTTP', 'REQUEST_TIMEOUT']);

export type Place = types.LocationPartsFragment & { crossStreet?: string | null };
export type Viability = NonNullable<types.OzlocViabilityQuery['viability']>;
export type Offer = Viability['boxes'][number];
export type Refusal = Viability['refusedBoxes'][number];
export type BuildingOffer = Viability['buildings'][number];
export type KeptHome = Viability['reusableProperties'][number];
export type Reservation = commands.OzlocReservationPartsFragment;
export type ExistingClient = types.OzlocClientPartsFragment;
export type NearbyBox = NonNullable<types.OzlocBoxesQuery['boxes']>[number]['box'];
export type Splitters = NonNullable<NonNullable<commands.OzlocPortsQuery['box']>['splitters']>;
export type Pole = { id: string } & LatLng;
export type Problem = commands.ProblemPartsFragment;
export type Warning = NonNullable<commands.OzlocReservePortMutation['reservePort']>['warnings'][number];

/**
 * May this page ask the subgraph anything. The token itself is never part of the state. `needed`: nothing was asked yet, so neither was
 * the token; `asked`: it is asked for now; `expired`: the sale's time is over, and a new link goes on with what stands here; `gone`: a sale's
 * page was loaded anew and nothing of the sale is left; `ended`: the sale was made.
 */
export type Access =
  | 'needed'
  | 'asked'
  | 'refused'
  | 'exchanging'
  | 'exchange-failed'
  | 'ticket-used'
  | 'expired'
  | 'gone'
  | 'granted'
  | 'ended';

/** The client's position, and its source. */
export interface Position extends LatLng {
  /** 0 for a point that a person set. */
  accuracyM: number;
  source: 'geocoder' | 'pin' | 'gps';
  precision: types.GeocodePrecision;
  /** The address that was found, and where: of a point that a person set, the one that it refines. */
  address: ({ label: string } & LatLng) | null;
  /** It is not quite what was asked for, but nothing else is like it. */
  only?: boolean;
  /** What was typed, where that lies outside the service area and this inside: the axes were swapped, or a sign was left out. */
  corrected?: LatLng;
  /** Not to be corrected: a person said so. */
  asTyped?: boolean;
}

/** A drop as drawn: the poles between the client and the box. The ends follow the client and the box. */
export interface Drawing {
  poles: Pole[];
  /** The box at its end; null while it is not closed. */
  boxId: string | null;
  /** Where that box stands; kept, so that the drop can be sold while the offers are asked for anew. */
  end: LatLng | null;
}

/** Characters of an address that the service takes; a link may bring more. */
export const LONGEST_ADDRESS = 500;

export const NOTHING_DRAWN: Drawing = { poles: [], boxId: null, end: null };

/** A port that was chosen; `port` null: the service takes a free one of the splitter. */
export type PortTarget = { splitterId: string; splitterName: string; port: number | null };

/** What is being sold: a box's port (the service takes a free one without `target`), a home whose drop is already there, or a flat on its building's own ports. */
export type Choice =
  | { kind: 'box'; boxId: string; target?: PortTarget | null }
  | { kind: 'home'; propertyId: string }
  | { kind: 'flat'; buildingId: string };

/** Why something did not work, as a key of the catalogue's `problem.*` or a code of the server's. */
export interface Trouble {
  code: string;
  reason: string | null;
  message: string | null;
  details: Problem['details'];
  /** The operation that was refused, where there is one. */
  operationId?: string | null;
}

/** Whom the link named: the page that is told, the way back, and the caller's own word for the sale. */
export type Caller = Pick<TicketSession, 'openerOrigin' | 'returnUrl' | 'state'>;

/** What will be asked for, fixed at the moment of confirmation. */
export type SaleRequest = { key: string; contractCode: string } & (
  | { kind: 'reserved'; input: commands.ReservePortInput }
  | { kind: 'relocated'; input: commands.RelocateClientInput }
);

/** A command that was sent and whose end is not known yet. */
export type SentCommand =
  | { command: 'sale'; request: SaleRequest }
  | { command: 'prospect'; key: string; lead: commands.CreateProspectInput };

export interface Form {
  contractCode: string;
  name: string;
  address: string;
  observation: string;
  /** Of a flat. */
  apartment: string;
  phone: string;
  keepOldProperty: boolean;
  /** Whether a home that is kept gives its port back; null: as configured. */
  disconnectDrop: boolean | null;
}

/** What stood in the end. */
export interface Outcome {
  kind: 'reserved' | 'relocated';
  reservation: Reservation;
  warnings: Warning[];
  /** Null where only what stands was read. */
  operationId: string | null;
}

export interface OzlocState {
  access: Access;
  /** The ticket was of no use, and the sale that the page had goes on if wished. */
  canGoOn: boolean;
  /** An API key came in the query: said once, with what to use. */
  keyRefused: boolean;
  /** Contract, from a ticket: may not be changed here. */
  contractFixed: boolean;
  mode: 'sell' | 'relocate';
  existing: { status: 'none' | 'loading' | 'found' | 'missing' | 'failed'; client: ExistingClient | null };
  tags: string[];
  search: { text: string; status: 'idle' | 'busy' | 'not-found' | 'locating' | 'gps-denied' | 'gps-failed' };
  position: Position | null;
  /** Where the client stood before the last move: one step back. */
  previousPosition: (Position & { formAddress: string }) | null;
  /** A point that was clicked, and the client stands elsewhere: shall he move there? */
  tapped: LatLng | null;
  candidates: Place[];
  /** `asked`: the address that was asked for last; null for the position itself. */
  viability: {
    status: 'idle' | 'loading' | 'ready' | 'failed';
    answer: Viability | null;
    trouble: Trouble | null;
    asked: string | null;
  };
  /** The box under the pointer or the focus, in the list or on the map. */
  hotBoxId: string | null;
  /** A refused box that was clicked on the map: its reason is brought into view. */
  askedBoxId: string | null;
  /** `contract`: where its home lies, before anybody moves. */
  view: 'contract' | 'list' | 'sale' | 'draw' | 'done' | 'prospect' | 'prospect-done';
  choice: Choice | null;
  drawing: Drawing;
  /** As it was when drawing began: what is left is no loss. */
  drawnBefore: Drawing;
  /** Where Escape and the end of drawing lead back to. */
  drawFrom: 'list' | 'sale';
  poles: { status: 'idle' | 'loading' | 'ready' | 'failed'; list: Pole[] };
  /** Said about the last drawing step that was not possible. */
  drawHint: 'off-network' | 'too-long' | 'repeated' | 'away' | null;
  form: Form;
  /** What was last put into `form.address` by us, not by a person. */
  filledAddress: string;
  /** `waiting`: sent, outcome unknown; `trouble` says where the answer was lost. */
  submission: { status: 'idle' | 'sending' | 'waiting' | 'refused'; trouble: Trouble | null };
  /** Goes on after the page is loaded anew. */
  sent: SentCommand | null;
  outcome: Outcome | null;
  /** The prospect that was made, by its ids; null ids where only its operation's end was read. */
  lead:
    | ({ prospectId: string | null; operationId: string | null } & Pick<
        commands.CreateProspectInput,
        'name' | 'phone' | 'address'
      >)
    | null;
  /** The lead that the same person has here already, and by what he is the same, where the service says so; null while nothing of it is known. */
  knownLead: { id: string; by: commands.OzmapProspectMatch | null } | null;
  /** Null: the page was opened by no link. */
  caller: Caller | null;
  /** Where nothing is on offer: the nearest box there is and, where that is only in project, the nearest one that is not; empty: unknown, or none within reach. */
  nearest: (NearbyBox & { distanceM: number })[];
  surroundings: NearbyBox[];
  /** What the map showed last; null before it showed anything. */
  look: { center: LatLng; zoom: number } | null;
  /** A sale by token that this tab kept, until its token is given again; another token that is taken lets go of it. */
  aside: KeptState | null;
}

/** The part of the state that a sale goes on from; the rest is asked anew. */
export const KEPT = [
  'mode',
  'tags',
  'search',
  'position',
  'previousPosition',
  'view',
  'choice',
  'drawing',
  'drawnBefore',
  'drawFrom',
  'form',
  'filledAddress',
  'sent',
  'outcome',
  'lead',
  'caller',
  'look',
] as const satisfies readonly (keyof OzlocState)[];
export type KeptState = Pick<OzlocState, (typeof KEPT)[number]>;

/** Nothing typed yet. */
export const EMPTY_FORM: Form = {
  contractCode: '',
  name: '',
  address: '',
  observation: '',
  apartment: '',
  phone: '',
  keepOldProperty: true,
  disconnectDrop: null,
};

/** No client who is there already. */
export const NOBODY: OzlocState['existing'] = { status: 'none', client: null };

/** Before anything was asked. */
export function initialState(given: Partial<OzlocState> = {}): OzlocState {
  return {
    access: 'needed',
    canGoOn: false,
    keyRefused: false,
    contractFixed: false,
    mode: 'sell',
    existing: NOBODY,
    tags: [],
    search: { text: '', status: 'idle' },
    position: null,
    previousPosition: null,
    tapped: null,
    candidates: [],
    viability: { status: 'idle', answer: null, trouble: null, asked: null },
    hotBoxId: null,
    askedBoxId: null,
    view: 'list',
    choice: null,
    drawing: NOTHING_DRAWN,
    drawnBefore: NOTHING_DRAWN,
    drawFrom: 'list',
    poles: { status: 'idle', list: [] },
    drawHint: null,
    form: EMPTY_FORM,
    filledAddress: '',
    submission: { status: 'idle', trouble: null },
    sent: null,
    outcome: null,
    lead: null,
    knownLead: null,
    caller: null,
    nearest: [],
    surroundings: [],
    look: null,
    aside: null,
    ...given,
  };
}
