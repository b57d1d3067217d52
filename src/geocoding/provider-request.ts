import fetch from 'node-fetch';
import { UpstreamUnavailableError } from '../errors/app-error.js';

/** How to ask a geocoding provider. */
export interface ProviderRequest {
  /** Named in errors, which hold neither the URL (it carries the key and the address) nor the answer. */
  provider: string;
  timeoutMs: number;
  headers?: Record<string, string>;
  /** Nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/**
 * Asks a geocoding provider for JSON, once.
 * Errors: UPSTREAM_UNAVAILABLE (no answer in time, not 2xx, not JSON) · the signal's reason.
 */
export async function askProvider(
  url: URL,
  { provider, timeoutMs, headers = {}, signal }: ProviderRequest,
): Promise<unknown> {
  let status: number;
  let text: string;
  try {
    const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    // Node's own class, which node-fetch's types do not know.
    const response = await fetch(url, { headers, signal: ends as never, redirect: 'error' });
    status = response.status;
    text = await response.text();
  } catch {
    signal?.throwIfAborted();
    // The cause would name the URL, and with it the key.
    throw new UpstreamUnavailableError(`the geocoder ${provider} did not answer`);
  }
  if (status < 200 || status > 299) throw new UpstreamUnavailableError(`the geocoder ${provider} answered ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UpstreamUnavailableError(`the geocoder ${provider} answered something that is not JSON`);
  }
}
