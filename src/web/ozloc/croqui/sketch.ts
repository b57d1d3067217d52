import type { I18n } from '../../shared/i18n/i18n.js';
import { formatCoordinates, type LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { Outcome, OzlocState } from '../state/state.js';

/** Colours of the sketch on paper, the same in picture and PDF. */
export const PAPER = {
  ink: '#16222c',
  muted: '#4f5e6a',
  accent: '#0b5c63',
  soft: '#e2f0f0',
  line: '#d9dfe3',
  blank: '#7d8b96',
} as const;

export type Fact = [name: string, value: string];

/** Contents of the installer's sketch, ready for layout. */
export interface Sketch {
  title: string;
  subtitle: string;
  /** What the installer looks for at the box. */
  highlights: Fact[];
  rows: Fact[];
  /** What is filled in by hand at the client's. */
  blanks: string[];
  blanksTitle: string;
  /** The client's position; null when OZmap does not say. */
  client: LatLng | null;
  box: LatLng | null;
  path: LatLng[];
  /** Stands beside the drop. */
  dropLabel: string | null;
  fileName: string;
}

const BLANKS = ['signal', 'cable', 'date', 'technician'] as const;

/** Collects the facts of a finished sale. Pure, but for the clock that is handed in. */
export function sketchOf(outcome: Outcome, state: OzlocState, i18n: I18n, now: Date): Sketch {
  const { reservation } = outcome;
  const { property, box, connection, drop } = reservation;
  const client = (property && located(property)) ?? state.position;
  const boxAt = box && located(box);
  const path = pathOf(drop?.path ?? [], [client, boxAt]);
  const length = drop?.lengthM == null ? null : i18n.metres(drop.lengthM);
  const highlights: Unsure[] = [
    [i18n.t('done.box'), box?.name ?? null],
    [i18n.t('done.splitter'), connection?.splitter?.name ?? null],
    [i18n.t('done.port'), connection?.port == null ? null : String(connection.port)],
    [i18n.t('done.drop'), length && `${length} (${shapeOf(path, i18n)})`],
  ];
  const rows: Unsure[] = [
    [i18n.t('done.contract'), reservation.contractCode],
    [i18n.t('done.client'), reservation.client?.name ?? null],
    [i18n.t('done.address'), property?.address ?? null],
    [i18n.t('croqui.position'), client && formatCoordinates(client)],
    [i18n.t('sale.observation'), reservation.client?.observation ?? null],
  ];
  const date = now.toLocaleString(i18n.locale, { dateStyle: 'short', timeStyle: 'short' });
  return {
    title: i18n.t('croqui.title'),
    subtitle: i18n.t('croqui.made', { date }),
    highlights: highlights.filter(isKnown),
    rows: rows.filter(isKnown),
    blanksTitle: i18n.t('croqui.blanks'),
    blanks: BLANKS.map((blank) => i18n.t(`croqui.blank.${blank}`)),
    client: client && { lat: client.lat, lng: client.lng },
    box: boxAt,
    path,
    dropLabel: length,
    fileName: `croqui-${reservation.contractCode.replace(/[^\w-]+/g, '_')}`,
  };
}

/** As OZmap has it, else straight between the ends that are known. */
function pathOf(drawn: readonly LatLng[], ends: readonly (LatLng | null | undefined)[]): LatLng[] {
  if (drawn.length > 1) return [...drawn];
  const known = ends.filter((end) => end != null);
  return known.length > 1 ? known : [];
}

function shapeOf(path: readonly LatLng[], i18n: I18n): string {
  const inner = Math.max(0, path.length - 2);
  return inner === 0 ? i18n.t('croqui.straight') : i18n.plural('croqui.poles', inner);
}

type Unsure = [name: string, value: string | null];

function isKnown(fact: Unsure): fact is Fact {
  return Boolean(fact[1]);
}
