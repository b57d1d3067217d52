/** Codes of requests whose answer got lost between the page and the service, or that a proxy answered in the service's place. */
export const LOST_ON_THE_WAY: ReadonlySet<string> = new Set(['NETWORK', 'HTTP', 'REQUEST_TIMEOUT']);
