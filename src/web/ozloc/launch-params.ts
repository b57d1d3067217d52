import { launchTags, launchValue } from '../../domain/launch-values.js';
import type { LatLng } from './state/geometry.js';
import { EMPTY_FORM, LONGEST_ADDRESS, type OzlocState } from './state/state.js';

/** What the page's address asked for. Names are those of OZmap's own OZloc, so that an ERP only changes the host. */
export interface LaunchParams {
  address: string | null;
  location: LatLng | null;
  contractCode: string | null;
  clientName: string | null;
  tags: string[];
  /** `integration_code`: the contract whose client moves to another home. */
  relocateCode: string | null;
  /** `contract`, of our own: the contract whose home is shown, from where its client may move as well. */
  shownCode: string | null;
  /** An API key stood in the query. It is not used, only taken out of sight. */
  keyInQuery: boolean;
  /** One-time ticket from `createOzlocLink`, out of the fragment. */
  ticket: string | null;
  /** What the address bar may keep showing: neither key nor ticket. */
  cleanAddress: string;
}

/** Reads query and fragment of the page's address, as ERPs write them: names in either case, UTF-8 or Latin-1, `undefined` for nothing. */
export function readLaunchParams(address: string): LaunchParams {
  const url = new URL(address);
  const query = readQuery(url.search);
  const all = (name: string) => query.filter((pair) => pair.name === name).map(({ value }) => value);
  const text = (name: string) => all(name)[0] ?? null;
  const ticket = ticketOf(address);
  const kept = query.filter(({ name }) => name !== KEY).map(({ raw }) => raw);
  return {
    address: text('address'),
    location: readLocation(text('lat'), text('lng')),
    contractCode: text('cod_cli'),
    clientName: text('client_name'),
    tags: [...new Set(all('viabilitytags').flatMap((value) => (value === null ? [] : launchTags(value))))],
    relocateCode: text('integration_code'),
    shownCode: text('contract'),
    keyInQuery: kept.length < query.length,
    ticket,
    cleanAddress: url.pathname + (kept.length > 0 ? `?${kept.join('&')}` : '') + (ticket === null ? url.hash : ''),
  };
}

const KEY = 'authorization';

interface QueryPair {
  /** In small letters, without the brackets of PHP's lists. */
  name: string;
  /** Null for nothing. */
  value: string | null;
  /** As it stood in the address, which is not written anew: a browser would garble what is not UTF-8. */
  raw: string;
}

function readQuery(search: string): QueryPair[] {
  const pairs = search.replace(/^\?/, '').split('&').filter(Boolean);
  return pairs.map((raw) => {
    const [name = '', ...value] = raw.split('=');
    return {
      name: decoded(name)
        .replace(/\[\w*\]$/, '')
        .trim()
        .toLowerCase(),
      value: launchValue(decoded(value.join('='))),
      raw,
    };
  });
}

/** Percent codes are UTF-8, or else windows-1252, which an ERP of Latin-1 sends. */
function decoded(text: string): string {
  const bytes: number[] = [];
  const utf8 = new TextEncoder();
  for (const [part, code] of text.replaceAll('+', ' ').matchAll(/%([0-9a-f]{2})|[^%]+|%/gi)) {
    bytes.push(...(code ? [Number.parseInt(code, 16)] : utf8.encode(part)));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return new TextDecoder('windows-1252').decode(Uint8Array.from(bytes));
  }
}

/** The ticket in a link of `createOzlocLink`; null when there is none. */
export function ticketOf(link: string): string | null {
  const [, fragment = ''] = link.trim().split('#');
  return new URLSearchParams(fragment).get('t') || null;
}

function readLocation(lat: string | null, lng: string | null): LatLng | null {
  if (lat === null || lng === null) return null;
  const location = { lat: Number(lat.replace(',', '.')), lng: Number(lng.replace(',', '.')) };
  const usable =
    Math.abs(location.lat) <= 90 && Math.abs(location.lng) <= 180 && (location.lat !== 0 || location.lng !== 0);
  return usable ? location : null;
}

/** As far as a sale takes it; what is longer can be searched for in parts, and what is found then fills it in. */
function shortAddress({ address }: LaunchParams): string {
  return address === null || address.length > LONGEST_ADDRESS ? '' : address;
}

/** What the page begins with by its address. */
export function stateOf(params: LaunchParams): Partial<OzlocState> {
  const { relocateCode, shownCode } = params;
  const contractCode = relocateCode ?? shownCode ?? params.contractCode ?? '';
  return {
    keyRefused: params.keyInQuery,
    mode: relocateCode || shownCode ? 'relocate' : 'sell',
    view: shownCode && !relocateCode ? 'contract' : 'list',
    tags: params.tags,
    search: { text: params.address ?? '', status: 'idle' },
    form: { ...EMPTY_FORM, contractCode, name: params.clientName ?? '', address: shortAddress(params) },
  };
}
