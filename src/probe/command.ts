import { readSecretFiles } from '../config/secrets.js';
import { GeocoderError } from '../errors/app-error.js';
import type { Geocoder } from '../geocoding/geocoder.js';
import { createGoogleGeocoder } from '../geocoding/google.js';
import { createNominatimGeocoder } from '../geocoding/nominatim.js';
import { type Asker, createAsker, NoReply } from './ask.js';
import { listChecks } from './checks/lists.js';
import { mannersChecks, untellableChecks } from './checks/manners.js';
import { recordChecks } from './checks/records.js';
import { viabilityChecks } from './checks/viability.js';
import { type Check, cannotTell, type Finding, gather } from './evidence.js';

export interface ProbeOptions {
  url: string;
  token: string;
  /** For each question; OZmap can be slow. */
  timeoutMs?: number;
}

/** One line of the report. */
export type ProbeLine = Finding & Pick<Check, 'number' | 'assumption'>;

/** `refused`: OZmap is there, but does not know the token or does not let it in. */
export type ProbeReport =
  | { state: 'ran'; lines: ProbeLine[]; asked: number }
  | { state: 'unreachable' | 'refused'; why: string };

/** Every check: first the rows of the reference's table in its order, then what the client relies on beside them. */
export const CHECKS: readonly Check[] = [
  ...viabilityChecks,
  ...listChecks,
  ...recordChecks,
  ...mannersChecks,
  ...untellableChecks,
].sort((a, b) => (a.number ?? Number.POSITIVE_INFINITY) - (b.number ?? Number.POSITIVE_INFINITY));

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Asks an OZmap whether it is as this service assumes. Reads only, one question after the other, some 30 in all.
 *
 * Errors: none of OZmap's; a check without answer says so in its line.
 */
export async function runProbe({ url, token, timeoutMs = DEFAULT_TIMEOUT_MS }: ProbeOptions): Promise<ProbeReport> {
  const asker = createAsker(url, token, timeoutMs);
  const closed = await knock(asker);
  if (closed) return closed;
  const evidence = gather(asker);
  const lines: ProbeLine[] = [];
  for (const { number, assumption, look } of CHECKS) {
    const finding = await look(evidence).catch((error: unknown) => {
      if (error instanceof NoReply) return cannotTell(`OZmap did not answer (${error.message})`);
      throw error;
    });
    lines.push({ number, assumption, ...finding });
  }
  return { state: 'ran', lines, asked: asker.asked };
}

/** Null when OZmap is there and lets the token in. A missing route is no reason to stop. */
async function knock(asker: Asker): Promise<ProbeReport | null> {
  try {
    const { status } = await asker.ask('authenticated');
    if (status === 401 || status === 403) return { state: 'refused', why: `it answers ${status} to OZMAP_TOKEN` };
    return status >= 500 && status !== 501 ? { state: 'unreachable', why: `it answers ${status}` } : null;
  } catch (error) {
    if (error instanceof NoReply) return { state: 'unreachable', why: error.message };
    throw error;
  }
}

/** The report as people read it: one line for each assumption, then a count. */
export function formatReport(report: ProbeReport): string {
  if (report.state !== 'ran')
    return report.state === 'unreachable'
      ? `OZmap cannot be reached: ${report.why}\n`
      : `OZmap is there, but lets nobody in: ${report.why}\n`;
  const count = (verdict: ProbeLine['verdict']): number =>
    report.lines.filter((line) => line.verdict === verdict).length;
  return [
    ...report.lines.map(formatLine),
    '',
    `${count('holds')} hold, ${count('differs')} differ, ${count('cannot be told by reading')} cannot be told by reading; ${report.asked} questions, nothing was changed.`,
    '',
  ].join('\n');
}

function formatLine({ number, assumption, verdict, how }: ProbeLine): string {
  return `${(number ?? '+').toString().padStart(2)}  ${assumption}: ${verdict} (${how})`;
}

/** Where the command writes. */
export interface Output {
  write(text: string): unknown;
}

/** Anywhere in Brazil: whether it is found does not matter. */
const ANY_TOWN = { text: 'Brasília - DF' };

/** Whether the provider of addresses answers one question, and how it fails where it does not; null where none is configured. */
async function geocoderLine(env: NodeJS.ProcessEnv): Promise<string | null> {
  const geocoder = providerOf(env);
  if (!geocoder) return null;
  try {
    await geocoder.geocode(ANY_TOWN);
    return `The geocoder ${geocoder.provider} answers.\n`;
  } catch (error) {
    if (!(error instanceof GeocoderError)) throw error;
    return `The geocoder gives no answers: ${error.code} (${error.message})\n`;
  }
}

function providerOf(env: NodeJS.ProcessEnv): Geocoder | null {
  const set = (name: string) => env[name]?.trim() || undefined;
  const [key, url, own] = [set('GOOGLE_MAPS_API_KEY'), set('GOOGLE_MAPS_URL'), set('NOMINATIM_URL')];
  const wanted = set('GEOCODER') ?? (key ? 'google' : null);
  if (wanted === 'google' && key) return createGoogleGeocoder({ apiKey: key, ...(url && { url }) });
  return wanted === 'nominatim' && own ? createNominatimGeocoder({ url: own, userAgent: 'ozmap-cnt-subgraph' }) : null;
}

/**
 * `npm run probe`: is the OZmap at OZMAP_URL as this service assumes, asked with OZMAP_TOKEN; and does the geocoder answer, where one is
 * configured. Only these two and what names the geocoder are looked at (GEOCODER, GOOGLE_MAPS_API_KEY, GOOGLE_MAPS_URL, NOMINATIM_URL), so that it
 * can be run before anything else is configured.
 *
 * Answers the exit code: 0 when it ran, whatever it found; 1 when OZmap cannot be reached or refuses the token.
 */
export async function probeCommand(given: NodeJS.ProcessEnv, out: Output): Promise<number> {
  const { env, faults } = readSecretFiles(given, ['OZMAP_TOKEN', 'GOOGLE_MAPS_API_KEY']);
  const url = env.OZMAP_URL?.trim();
  const token = env.OZMAP_TOKEN?.trim();
  if (!url || !token || !URL.canParse(url)) {
    const set = 'Set OZMAP_URL (https://customer.example:9994) and OZMAP_TOKEN to the OZmap to ask.';
    out.write([...faults.values(), set].map((line) => `${line}\n`).join(''));
    return 1;
  }
  const report = await runProbe({ url, token });
  out.write(formatReport(report));
  const unread = faults.get('GOOGLE_MAPS_API_KEY');
  if (unread) out.write(`${unread}\n`);
  out.write((await geocoderLine(env)) ?? '');
  return report.state === 'ran' ? 0 : 1;
}
