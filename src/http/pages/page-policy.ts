import type { PagesConfig } from '../../config/pages.js';

/** Headers of every page: it may load from us only, and from the map that the provider configured. */
export function pageHeaders(settings: PagesConfig): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(settings),
    'permissions-policy': 'geolocation=(self)',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}

/** Of the pages and of the worker that their map starts. */
export function contentSecurityPolicy({ map, frameAncestors }: PagesConfig): string {
  const named = [map.styleUrl, map.tilesUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin]));
  const withMaps = (...sources: string[]) => [...new Set([...sources, ...named, ...map.origins])].join(' ');
  return [
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
  ].join('; ');
}
