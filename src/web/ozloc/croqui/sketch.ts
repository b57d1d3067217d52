import type { I18n } from '../../shared/i18n/i18n.js';
import { formatCoordinates, type LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { Outcome, OzlocState } from '../state/state.js';

/** What the installer's sketch tells, ready to be laid out. */
export interface Sketch {
  title: string;
  subtitle: string;
  rows: [name: string, value: string][];
  /** Where the client stands; null when OZmap does not tell. */
  client: LatLng | null;
  box: LatLng | null;
  path: LatLng[];
  fileName: string;
}

/** Collects the facts of a finished sale. Pure, but for the clock that is handed in. */
export function sketchOf(outcome: Outcome, state: OzlocState, i18n: I18n, now: Date): Sketch {
  const { reservation } = outcome;
  const { property, box, connection, drop } = reservation;
  const client = (property && located(property)) ?? state.position;
  const boxAt = box && located(box);
  const path = drop?.path && drop.path.length > 1 ? drop.path : client && boxAt ? [client, boxAt] : [];
  const inner = Math.max(0, path.length - 2);
  const shape = inner === 0 ? i18n.t('croqui.straight') : i18n.plural('croqui.poles', inner);
  const length = drop?.lengthM == null ? null : i18n.metres(drop.lengthM);
  const rows: [string, string | null][] = [
    [i18n.t('done.contract'), reservation.contractCode],
    [i18n.t('done.client'), reservation.client.name],
    [i18n.t('done.address'), property?.address ?? null],
    [i18n.t('croqui.position'), client && formatCoordinates(client)],
    [i18n.t('done.box'), box?.name ?? null],
    [i18n.t('done.splitter'), connection?.splitter?.name ?? null],
    [i18n.t('done.port'), connection?.port == null ? null : String(connection.port)],
    [i18n.t('done.drop'), length && `${length} (${shape})`],
    [i18n.t('sale.observation'), reservation.client.observation],
  ];
  const date = now.toLocaleString(i18n.locale, { dateStyle: 'short', timeStyle: 'short' });
  return {
    title: i18n.t('croqui.title'),
    subtitle: i18n.t('croqui.made', { date }),
    rows: rows.filter((row): row is [string, string] => Boolean(row[1])),
    client: client && { lat: client.lat, lng: client.lng },
    box: boxAt,
    path,
    fileName: `croqui-${reservation.contractCode.replace(/[^\w-]+/g, '_')}`,
  };
}
