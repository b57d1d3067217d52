import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What the SDK answered: its value with what its schema finds wrong with it, or the refusal it threw. */
export interface Ruling<T> {
  value: T;
  issues: string[];
  error?: { status: number | null; message: string };
}

/** A call of the SDK. `schema` names one of its zod schemas, which each answered record must pass. */
export interface Call {
  proxy: string;
  method: string;
  args?: unknown[];
  schema?: string | undefined;
  /** An API key, or `login\npassword`. */
  token?: string;
}

/** OZmap's official SDK, driving the OZmap at `url` from a child process. */
export class Referee {
  private readonly child;
  private readonly waiting: ((line: string) => void)[] = [];

  constructor(url: string) {
    const script = fileURLToPath(new URL('./referee.cjs', import.meta.url));
    this.child = spawn(process.execPath, [script, url], { stdio: ['pipe', 'inherit', 'inherit', 'pipe'] });
    const answers = this.child.stdio[3] as Readable;
    createInterface({ input: answers }).on('line', (line) => this.waiting.shift()?.(line));
  }

  /** Calls the SDK; a refusal is in the ruling, not thrown. */
  async call<T = Record<string, unknown>>({
    proxy,
    method,
    args = [],
    schema,
    token = 'demo',
  }: Call): Promise<Ruling<T>> {
    const answer = new Promise<string>((resolve) => this.waiting.push(resolve));
    this.child.stdin?.write(`${JSON.stringify({ token, proxy, method, args, schema })}\n`);
    return JSON.parse(await answer) as Ruling<T>;
  }

  stop(): void {
    this.child.stdin?.end();
    this.child.kill();
  }
}
