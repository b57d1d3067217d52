import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { optionalUrl, orNull, type Variable } from './kinds.js';

const MAX_HOPS = 10;

/**
 * Whose word about the sender of a request counts: addresses and networks, or a number of routers, one behind the other. Null when not set.
 * Never everybody, nor a good part of the internet: anyone there could then name any address.
 */
export function optionalProxies(): Variable<readonly string[] | number | null> {
  const hops = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(MAX_HOPS));
  const networks = z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.length > 0 && list.every(isNetwork) && !coversMuch(list));
  return {
    takes: `addresses and networks of your routers like 10.0.0.0/8, separated by commas, or their number from 1 to ${MAX_HOPS}`,
    schema: orNull(z.union([hops, networks])),
    secret: false,
  };
}

/** An address, or a network of one that is not everything. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}

/** One address out of each network as large as IPv4's /8, all over the public part of both kinds. */
const PUBLIC_ADDRESSES = Array.from({ length: 223 }, (_, at) => [
  `${at + 1}.64.1.1`,
  `${(0x2000 + at * 36).toString(16)}::1`,
]);
const MUCH = PUBLIC_ADDRESSES.length / 8;

/** Whether networks take in a good part of the internet, each by itself or all together. IPv4 lies within `::/1`, too. */
function coversMuch(networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const kind = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(prefix ?? (kind === 'ipv4' ? 32 : 128)), kind);
  }
  const covered = (isIn: (pair: readonly string[]) => boolean) => PUBLIC_ADDRESSES.filter(isIn).length > MUCH;
  return (
    covered(([v4 = '']) => list.check(v4) || list.check(`::ffff:${v4}`, 'ipv6')) ||
    covered(([, v6 = '']) => list.check(v6, 'ipv6'))
  );
}

/** An origin as a content security policy takes it: nothing that could begin another rule. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i;
const ORIGINS = 'origins like https://cnt.example or https://*.cnt.example';
/** An origin as a browser names it. */
const EXACT_ORIGIN = /^https?:\/\/([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(:\d{1,5})?$/i;

const sourceList = (isSource: (source: string) => boolean) =>
  z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((sources) => sources.every(isSource))
    .optional();

/** Who may embed a page, as `frame-ancestors` takes it; null when not set. */
export function optionalFrameSources(): Variable<string | null> {
  const schema = sourceList((source) => source === "'self'" || ORIGIN.test(source)).transform(
    (sources) => sources?.join(' ') ?? null,
  );
  return { takes: `${ORIGINS}, and 'self', separated by spaces`, schema, secret: false };
}

/** Origins; none when not set. */
export function optionalOrigins(): Variable<string[]> {
  const schema = sourceList((source) => ORIGIN.test(source)).transform((sources) => sources ?? []);
  return { takes: `${ORIGINS}, separated by spaces`, schema, secret: false };
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** The origin when a text is an exact one, of https, or of http on this machine; null: it is none. */
export function embeddingOrigin(text: string): string | null {
  if (!EXACT_ORIGIN.test(text)) return null;
  const url = URL.parse(text);
  return url && (url.protocol === 'https:' || LOOPBACK.test(url.hostname)) ? url.origin : null;
}

/** Exact origins of pages that embed ours and are told what was sold; null when not set. */
export function embeddingOrigins(): Variable<readonly string[] | null> {
  const schema = sourceList((source) => embeddingOrigin(source) !== null).transform(
    (sources) => sources?.flatMap((source) => embeddingOrigin(source) ?? []) ?? null,
  );
  return { takes: 'exact origins like https://cnt.example, separated by spaces', schema, secret: false };
}

/** Origins whose pages may ask from a browser; `*` is any, and none where `-` was given. */
export function corsOrigins(): Variable<string[]> {
  const one = (schema: z.ZodType<string>) => schema.transform((origin) => [origin]);
  const schema = z
    .union([
      one(z.literal('*')),
      z.literal('-').transform((): string[] => []),
      sourceList((source) => originOf(source) !== null)
        .unwrap()
        .transform((sources) => sources.flatMap((source) => originOf(source) ?? [])),
    ])
    .default(['*']);
  return { takes: '* or origins like https://cnt.example, separated by commas; - for none', schema, secret: false };
}

/** An origin as a browser sends it, however it was written: in capitals, with a slash behind it or its usual port; null: it is none. */
function originOf(text: string): string | null {
  const bare = text.replace(/\/$/, '');
  return EXACT_ORIGIN.test(bare) ? (URL.parse(bare)?.origin ?? null) : null;
}

/** One origin; null when not set. */
export function optionalOrigin(): Variable<string | null> {
  const schema = z
    .string()
    .refine((text) => originOf(text) !== null)
    .transform(originOf);
  return { takes: 'an origin like https://fibra.example, without a path', schema: orNull(schema), secret: false };
}

/** A place, `latitude,longitude`; null when not set. */
export function optionalPlace(): Variable<{ lat: number; lng: number } | null> {
  const schema = z
    .string()
    .regex(/^-?\d{1,2}(\.\d+)?\s*,\s*-?\d{1,3}(\.\d+)?$/)
    .transform((text) => text.split(',').map(Number))
    .transform(([lat = 0, lng = 0]) => ({ lat, lng }))
    .refine(({ lat, lng }) => Math.abs(lat) <= 85 && Math.abs(lng) <= 180);
  return { takes: 'latitude,longitude like -19.92,-44.05', schema: orNull(schema), secret: false };
}

const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** Address of a PostgreSQL server; null when not set. A mode that the driver does not know would be taken for `verify-full` without a word. */
export function optionalDatabaseUrl(): Variable<string | null> {
  const { schema, takes } = optionalUrl(['postgres', 'postgresql'], { secret: true, credentials: true });
  const fits = (url: string | null) =>
    (url === null ? [] : new URL(url).searchParams.getAll('sslmode')).every((mode) => SSL_MODES.includes(mode));
  const modes = `whose sslmode is ${SSL_MODES.join(', ')} or absent`;
  return { takes: `${takes}, ${modes}`, schema: schema.refine(fits), secret: true };
}

/** Municipalities, or a GeoJSON file with their shapes. */
export type ServiceAreaChoice = { towns: { name: string; state: string }[] } | { file: string };

/** `Contagem/MG;Betim/MG`, or a file of GeoJSON; null when not set. */
export function optionalServiceArea(): Variable<ServiceAreaChoice | null> {
  const schema = z.string().transform((text, context): ServiceAreaChoice => {
    if (/\.(?:geo)?json$/i.test(text)) return { file: text };
    const towns = text.split(';').filter((town) => town.trim() !== '');
    const read = towns.map((town) => /^\s*([^/]+?)\s*\/\s*([A-Za-z]{2})\s*$/.exec(town));
    if (read.length === 0 || read.includes(null)) context.addIssue('no municipality and state');
    return { towns: read.map((one) => ({ name: one?.[1] ?? '', state: (one?.[2] ?? '').toUpperCase() })) };
  });
  const takes = 'municipalities and their states (Contagem/MG;Betim/MG), or a file that ends in .geojson or .json';
  return { takes, schema: orNull(schema), secret: false };
}
