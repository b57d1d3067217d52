import { isIP } from 'node:net';
import { z } from 'zod';
import type { Variable } from './kinds.js';

const MAX_HOPS = 10;

/**
 * Whose word about the sender of a request counts: addresses and networks, or a number of routers, one behind the other. Null when not set.
 * Never everybody: anyone could then name any address.
 */
export function optionalProxies(): Variable<readonly string[] | number | null> {
  const hops = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(MAX_HOPS));
  const networks = z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.length > 0 && list.every(isNetwork));
  const schema = z
    .union([hops, networks])
    .optional()
    .transform((value) => value ?? null);
  return {
    takes: `addresses and networks of your routers like 10.0.0.0/8, separated by commas, or their number from 1 to ${MAX_HOPS}`,
    schema,
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
