import type { PagesConfig } from '../../config/pages.js';

/** Headers of every page: it may load from us only, and from the map that the provider configured. */
export function pageHeaders({ map, frameAncestors }: PagesConfig): Record<string, string> {
  const maps = [map.styleUrl, map.tilesUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin]));
  const withMaps = (...sources: string[]) => [...new Set([...sources, ...maps])].join(' ');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${withMaps("'self'", 'data:', 'blob:')}`,
    "font-src 'self'",
    `connect-src ${withMaps("'self'")}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors ?? "'self'"}`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'permissions-policy': 'geolocation=(self)',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}
