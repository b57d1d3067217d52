import type { Database } from '../../store/database.js';

/** The channel on which a freed lease is announced. Channels are shared by the whole database: the schema tells ours apart. */
export function leaseChannel(schema: string): string {
  return `${schema}_lease`;
}

/** Wakes waits for a lease that another process holds when its release is announced; a timer ends waits whose announcement was missed. */
export class Notifier {
  private readonly waits = new Set<{ resources: ReadonlySet<string>; end(): void }>();
  private stopListening: (() => Promise<void>) | null = null;

  async start(database: Database): Promise<void> {
    this.stopListening = await database.listen(leaseChannel(database.schema), (resource) => {
      for (const wait of [...this.waits]) if (wait.resources.has(resource)) wait.end();
    });
  }

  async stop(): Promise<void> {
    await this.stopListening?.();
  }

  /**
   * Starts to listen for these resources. Call before asking for them: a release between the asking and the waiting would be missed until
   * the timer.
   */
  watch(resources: readonly string[]): { sleep(ms: number): Promise<void>; end(): void } {
    let heard = false;
    let resume = () => {};
    const wait = {
      resources: new Set(resources),
      end: () => {
        heard = true;
        resume();
      },
    };
    this.waits.add(wait);
    return {
      sleep: (ms) =>
        new Promise((resolve) => {
          if (heard) return resolve();
          const timer = setTimeout(resolve, ms);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
        }),
      end: () => this.waits.delete(wait),
    };
  }
}
