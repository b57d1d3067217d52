/* Processes that are measured, requests that they are measured with, and how rounds become a row of a table. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUN_TYPESCRIPT = new URL('../../test/emulator/run-typescript.mjs', import.meta.url).href;

/**
 * Megabytes: the process's own; of them what JavaScript holds, what V8 has taken for that, and what is outside of it, as PGlite's memory is.
 * `requests`: that it was asked, where it counts them.
 */
export interface Used {
  cpuMs: number;
  rssMb: number;
  heapMb: number;
  reservedMb: number;
  externalMb: number;
  requests?: number;
}

/** A process that says how it is reached, and what it has used. */
export interface Contestant {
  url: string;
  used(what?: 'now' | 'collected'): Promise<Used>;
  dataDir: string;
  /** Ends the process, and leaves its data folder. */
  end(): void;
  stop(): void;
}

/** Starts `script` with one argument in a process of its own; its output is read and thrown away, as what collects logs would. */
export async function start(script: string, name: string, env: NodeJS.ProcessEnv = {}): Promise<Contestant> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const child = fork(join(import.meta.dirname, script), [name], {
    env: { ...process.env, ...QUIET, DATA_DIR: dataDir, ...env },
    execArgv: ['--experimental-transform-types', '--no-warnings', '--expose-gc', '--import', RUN_TYPESCRIPT],
    silent: true,
  });
  let errors = '';
  child.stdout?.resume();
  child.stderr?.on('data', (piece: Buffer) => {
    errors += piece;
  });
  const { url } = await told<{ url: string }>(child, () => errors);
  return {
    url,
    used: (what = 'now') => {
      // An object: OZmap's SDK reads whatever message its process is sent.
      child.send({ what });
      return told(child, () => errors);
    },
    dataDir,
    end: () => {
      child.kill('SIGKILL');
    },
    stop: () => {
      child.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const QUIET = {
  HOST: '127.0.0.1',
  PORT: '0',
  EMULATOR_PORT: '0',
  RATE_LIMIT_PER_MINUTE: '0',
  TOKEN_CACHE_S: '3600',
  GEOCODER: 'nominatim',
  NOMINATIM_URL: 'http://127.0.0.1:9',
};

function told<T>(child: ChildProcess, errors: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`ended with ${code}: ${errors()}`));
    child.once('exit', gone);
    child.once('message', (message) => {
      child.off('exit', gone);
      resolve(message as T);
    });
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One GraphQL request. Errors: another status than 200. */
export function ask(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'application/json',
      authorization: 'demo',
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${response.statusCode} ${text.slice(0, 200)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What one round of one contestant took. */
export interface Round {
  cpuMs: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** `bodies`, `connections` at once. */
export async function round(
  contestant: Contestant,
  bodies: readonly string[],
  connections: number,
  check: (answer: string) => void,
): Promise<Round> {
  const before = await contestant.used();
  const latencies: number[] = [];
  const waiting = [...bodies];
  const startedAt = performance.now();
  const connection = async (): Promise<void> => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const sentAt = performance.now();
      check(await ask(contestant.url, body));
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const tookMs = performance.now() - startedAt;
  const after = await contestant.used();
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / bodies.length,
    perSecond: (bodies.length / tookMs) * 1_000,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** A measure as its middle half lies. */
export interface Spread {
  median: number;
  p25: number;
  p75: number;
}

export function spread(values: readonly number[]): Spread {
  const [p25, median, p75] = [0.25, 0.5, 0.75].map((part) => rounded(quantile(values, part)));
  return { p25: p25 ?? 0, median: median ?? 0, p75: p75 ?? 0 };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export const shown = ({ median, p25, p75 }: Spread): string => `${median} [${p25}–${p75}]`;

/** How a contestant did beside the one that it is compared with: of each pair of rounds the ratio. */
export function ratios(theirs: readonly number[], base: readonly number[]): Spread {
  return spread(theirs.map((value, at) => value / (base[at] ?? Number.NaN)));
}

/** One line of a table: what was measured, the goal where there is one, and whether it is met. */
export interface Row {
  name: string;
  /** Ratios are compared between runs; other measures depend on the machine. */
  ratios: Record<string, Spread>;
  measures: Record<string, Spread | number>;
  goal?: string;
  met?: boolean;
}
export interface Table {
  title: string;
  rows: Row[];
}

/** As Markdown, for a terminal and for docs/performance.md. */
export function markdown({ title, rows }: Table): string {
  const columns = [...new Set(rows.flatMap((row) => [...Object.keys(row.ratios), ...Object.keys(row.measures)]))];
  const cell = (value: Spread | number | undefined): string =>
    value === undefined ? '' : typeof value === 'number' ? String(rounded(value)) : shown(value);
  const lines = rows.map(({ name, goal, met, ...row }) => {
    const values = columns.map((column) => cell(row.ratios[column] ?? row.measures[column]));
    return `| ${[name, ...values, goal ? `${goal}: ${met ? 'met' : 'MISSED'}` : ''].join(' | ')} |`;
  });
  const head = ['', ...columns, 'goal'];
  return [`## ${title}`, '', `| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...lines, ''].join('\n');
}
