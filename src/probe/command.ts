import { readSecretFiles } from '../config/secrets.js';
import { GeocoderError } from '../errors/app-error.js';
import type { Geocoder } from '../geocoding/geocoder.js';
import { createGoogleGeocoder } from '../geocoding/google.js';
import { createNominatimGeocoder } from '../geocoding/nominatim.js';
import { listChecks } from './checks/lists.js';
import { mannersChecks, untellableChecks } from './checks/manners.js';
import { recordChecks } from './checks/records.js';
import { viabilityChecks } from './checks/viability.js';
import { type Asker, type Check, cannotTell, createAsker, type Finding, gather, NoReply } from './evidence.js';

/** One line of the report; `seconds`: what it took to find out. */
export type ProbeLine = Finding & Pick<Check, 'number' | 'assumption'> & { seconds: number };

/** `refused`: OZmap is there, but does not know the token or does not let it in. */
export type ProbeReport =
  | { state: 'ran'; lines: ProbeLine[]; asked: number }
  | { state: 'unconfigured' | 'unreachable' | 'refused'; why: string };

/** Every check: first the rows of the reference's table in its order, then what the client relies on beside them. */
export const CHECKS: readonly Check[] = [
  ...viabilityChecks,
  ...listChecks,
  ...recordChecks,
  ...mannersChecks,
  ...untellableChecks,
].sort((a, b) => (a.number ?? Number.POSITIVE_INFINITY) - (b.number ?? Number.POSITIVE_INFINITY));

/** For each question; OZmap can be slow. */
const TIMEOUT_MS = 30_000;

/**
 * Asks an OZmap whether it is as this service assumes. Reads only, one question after the other, some 30 in all.
 *
 * Errors: none of OZmap's; a check without answer says so in its line.
 */
export async function runProbe(url: string, token: string, timeoutMs = TIMEOUT_MS): Promise<ProbeReport> {
  const asker = createAsker(url, token, timeoutMs);
  const closed = await knock(asker);
  if (closed) return closed;
  const evidence = gather(asker);
  const lines: ProbeLine[] = [];
  for (const { number, assumption, look } of CHECKS) {
    const startedAt = performance.now();
    const finding = await look(evidence).catch((error: unknown) => {
      if (error instanceof NoReply) return cannotTell(`OZmap did not answer (${error.message})`);
      throw error;
    });
    const seconds = Math.round(performance.now() - startedAt) / 1_000;
    lines.push({ number, assumption, ...finding, seconds });
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

const VERDICTS: Readonly<Record<ProbeLine['verdict'], string>> = {
  differs: 'Differs: to be reported before going further',
  'cannot be told by reading': 'Cannot be told by reading',
  holds: 'Holds',
};

const CLOSED = {
  unconfigured: '',
  unreachable: 'OZmap cannot be reached: ',
  refused: 'OZmap is there, but lets nobody in: ',
};

/** The report as people read it: below a heading for each verdict a line for each assumption, then a count. `columns`: where lines are broken. */
function formatReport(report: ProbeReport, columns: number): string {
  if (report.state !== 'ran') return `${CLOSED[report.state]}${report.why}\n`;
  const linesOf = (wanted: string) => report.lines.filter(({ verdict }) => verdict === wanted);
  const groups = Object.entries(VERDICTS).map(([verdict, heading]) => ({ heading, lines: linesOf(verdict) }));
  const [differ, untold, hold] = groups.map(({ lines }) => lines.length);
  return [
    ...groups
      .filter(({ lines }) => lines.length > 0)
      .flatMap(({ heading, lines }) => [heading, '', ...lines.map((line) => formatLine(line, columns)), '']),
    ...broken(
      `${hold} hold, ${differ} differ, ${untold} cannot be told by reading; ${report.asked} questions, nothing was changed.`,
      columns,
    ),
    '',
  ].join('\n');
}

function formatLine({ number, assumption, how }: ProbeLine, columns: number): string {
  const lines = broken(`${assumption}: ${how}`, Math.max(columns - 4, 20));
  return `${(number ?? '+').toString().padStart(2)}  ${lines.join('\n    ')}`;
}

/** In lines of at most so many columns, between words. */
function broken(text: string, columns: number): string[] {
  const lines = text.match(new RegExp(`.{1,${columns}}(?: |$)|\\S+ ?`, 'g')) ?? [];
  return lines.map((line) => line.trimEnd());
}

/** Where the command writes; a terminal has columns. */
export interface Output {
  write(text: string): unknown;
  columns?: number;
}

/** What the provider of addresses said to one question. */
type GeocoderFinding = { provider: string; outcome: 'answers' | GeocoderError['code']; detail: string | null };

/** Null where no provider is configured. */
async function askGeocoder(env: NodeJS.ProcessEnv): Promise<GeocoderFinding | null> {
  const geocoder = providerOf(env);
  if (!geocoder) return null;
  const { provider } = geocoder;
  try {
    // Whether it is found does not matter.
    await geocoder.geocode({ text: 'Brasília - DF' });
    return { provider, outcome: 'answers', detail: null };
  } catch (error) {
    if (!(error instanceof GeocoderError)) throw error;
    return { provider, outcome: error.code, detail: error.message };
  }
}

function formatGeocoder({ provider, outcome, detail }: GeocoderFinding): string {
  if (outcome === 'answers') return `The geocoder ${provider} answers.\n`;
  return `The geocoder gives no answers: ${outcome} (${detail})\n`;
}

function providerOf(env: NodeJS.ProcessEnv): Geocoder | null {
  const set = (name: string) => env[name]?.trim() || undefined;
  const [key, url, own] = [set('GOOGLE_MAPS_API_KEY'), set('GOOGLE_MAPS_URL'), set('NOMINATIM_URL')];
  const wanted = set('GEOCODER') ?? (key ? 'google' : null);
  if (wanted === 'google' && key) return createGoogleGeocoder({ apiKey: key, ...(url && { url }) });
  return wanted === 'nominatim' && own ? createNominatimGeocoder({ url: own, userAgent: 'ozmap-cnt-subgraph' }) : null;
}

const USAGE = `usage: npm run probe                      asks the OZmap at OZMAP_URL with OZMAP_TOKEN; reads only
       npm run --silent probe -- --json   the same, as one JSON object:
         {"state":"ran","checks":[{"number","name","outcome","detail","seconds"}],"asked","geocoder"}
         {"state":"unconfigured" | "unreachable" | "refused","why"}

exit code: 0  it ran, whatever it found
           1  OZmap is not named, cannot be reached, or refuses the token
           2  an argument is none of these
`;
/** A wider line is hard to read. */
const MOST_COLUMNS = 100;
/** For a file, which no terminal breaks. */
const WHOLE_LINES = 10_000;

/**
 * `npm run probe`: is the OZmap at OZMAP_URL as this service assumes, asked with OZMAP_TOKEN; and does the geocoder answer, where one is
 * configured. Only these two and what names the geocoder are looked at (GEOCODER, GOOGLE_MAPS_API_KEY, GOOGLE_MAPS_URL, NOMINATIM_URL), so that it
 * can be run before anything else is configured.
 *
 * Answers the exit code, as the usage has it.
 */
export async function probeCommand(args: readonly string[], given: NodeJS.ProcessEnv, out: Output): Promise<number> {
  if (args.some((arg) => arg !== '--json')) {
    out.write(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  const { env, faults } = readSecretFiles(given, ['OZMAP_TOKEN', 'GOOGLE_MAPS_API_KEY']);
  const report = await reportOf(env, [...faults.values()]);
  const geocoder = report.state === 'unconfigured' ? null : await askGeocoder(env);
  if (args.length > 0) {
    out.write(`${JSON.stringify({ ...asJson(report), geocoder })}\n`);
  } else {
    out.write(formatReport(report, out.columns ? Math.min(out.columns, MOST_COLUMNS) : WHOLE_LINES));
    const unread = report.state !== 'unconfigured' && faults.get('GOOGLE_MAPS_API_KEY');
    if (unread) out.write(`${unread}\n`);
    if (geocoder) out.write(formatGeocoder(geocoder));
  }
  return report.state === 'ran' ? 0 : 1;
}

async function reportOf(env: NodeJS.ProcessEnv, faults: readonly string[]): Promise<ProbeReport> {
  const [url, token] = [env.OZMAP_URL?.trim(), env.OZMAP_TOKEN?.trim()];
  if (url && token && URL.canParse(url)) return runProbe(url, token);
  const set = 'Set OZMAP_URL (https://customer.example:9994) and OZMAP_TOKEN to the OZmap to ask.';
  return { state: 'unconfigured', why: [...faults, set].join('\n') };
}

function asJson(report: ProbeReport): object {
  if (report.state !== 'ran') return report;
  const { state, lines, asked } = report;
  const checks = lines.map(({ number, assumption: name, verdict: outcome, how: detail, seconds }) => {
    return { number, name, outcome, detail, seconds };
  });
  return { state, checks, asked };
}
