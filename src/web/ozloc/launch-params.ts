import type { LatLng } from './state/geometry.js';

/** What the page's address asked for. Names are those of OZmap's own OZloc, so that an ERP only changes the host. */
export interface LaunchParams {
  address: string | null;
  location: LatLng | null;
  contractCode: string | null;
  clientName: string | null;
  tags: string[];
  /** `integration_code`: the contract whose client moves to another home. */
  relocateCode: string | null;
  /** An API key stood in the query. It is not used, only taken out of sight. */
  keyInQuery: boolean;
  /** One-time ticket from `createOzlocLink`, out of the fragment. */
  ticket: string | null;
  /** What the address bar may keep showing: neither key nor ticket. */
  cleanAddress: string;
}

/** Reads query and fragment of the page's address. */
export function readLaunchParams(address: string): LaunchParams {
  const url = new URL(address);
  const { searchParams: query } = url;
  const text = (name: string) => query.get(name)?.trim() || null;
  const keyInQuery = query.has('authorization');
  const ticket = ticketOf(address);
  const params = {
    address: text('address'),
    location: readLocation(text('lat'), text('lng')),
    contractCode: text('cod_cli'),
    clientName: text('client_name'),
    tags: readTags(text('viabilityTags')),
    relocateCode: text('integration_code'),
    keyInQuery,
    ticket,
  };
  query.delete('authorization');
  if (ticket !== null) url.hash = '';
  return { ...params, cleanAddress: url.pathname + url.search + url.hash };
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

/** `["a","b"]` as the original takes it, or `a,b`. */
function readTags(text: string | null): string[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.filter((tag) => typeof tag === 'string' && tag.trim() !== '');
  } catch {
    // not JSON: read as a plain list
  }
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
}
