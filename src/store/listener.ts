import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { driverAddress } from './pool.js';

const RECONNECT_MS = 1_000;
const TIMEOUT_MS = 5_000;
/** A connection that hears nothing does not notice by itself that a router between has forgotten it. */
const CHECK_MS = 15_000;
/** A server that is silent does not say goodbye either. */
const CLOSE_MS = 1_000;

/**
 * One connection that hears notifications, and comes back by itself when it breaks. What is said meanwhile is missed: whoever listens
 * has a timer as well.
 */
export class Listener {
  private readonly heard = new Map<string, Set<(payload: string) => void>>();
  private client: pg.Client | null = null;
  private connecting: Promise<void> | null = null;
  private retry: NodeJS.Timeout | null = null;
  private check: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly url: string) {}

  /** Hears a channel until the returned function is called. `channel` is one of our own names, not a caller's text. */
  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const known = this.heard.get(channel);
    if (known) known.add(heard);
    else this.heard.set(channel, new Set([heard]));
    if (!this.client) await this.connect();
    else if (!known) await this.client.query(`listen ${channel}`);
    return async () => {
      this.heard.get(channel)?.delete(heard);
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    if (this.check) clearInterval(this.check);
    await this.connecting?.catch(() => {});
    const closed = this.client?.end().catch(() => {});
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  private connect(): Promise<void> {
    this.connecting ??= this.open().finally(() => {
      this.connecting = null;
    });
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: driverAddress(this.url),
      keepAlive: true,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      application_name: 'ozmap-cnt-listen',
    });
    client.on('notification', ({ channel, payload }) => {
      for (const heard of this.heard.get(channel) ?? []) heard(payload ?? '');
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      for (const channel of this.heard.keys()) await client.query(`listen ${channel}`);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    this.client = client;
    this.check ??= setInterval(() => this.verify(), CHECK_MS).unref();
  }

  private verify(): void {
    const { client } = this;
    client?.query('select 1').catch(() => {
      void client.end().catch(() => {});
      this.lost(client);
    });
  }

  private lost(client: pg.Client): void {
    if (this.client === client) this.client = null;
    if (this.closed || this.client || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = null;
      this.connect().catch(() => this.lost(client));
    }, RECONNECT_MS);
    this.retry.unref();
  }
}
