import type { Database } from '../../store/database.js';

/** The channel on which a freed lease is announced. Channels are shared by the whole database: the schema tells ours apart. */
export function leaseChannel(schema: string): string {
  return `${schema}_lease`;
}

/** Waiting for a lease that another process holds: ended by its announcement, or by a timer where none comes. */
export class Wake {
  private readonly sleepers = new Set<{ resources: ReadonlySet<string>; wake(): void }>();
  private stopListening: (() => Promise<void>) | null = null;

  async start(database: Database): Promise<void> {
    this.stopListening = await database.listen(leaseChannel(database.schema), (resource) => {
      for (const sleeper of [...this.sleepers]) if (sleeper.resources.has(resource)) sleeper.wake();
    });
  }

  async stop(): Promise<void> {
    await this.stopListening?.();
  }

  /**
   * Starts to hear of these resources. Called before asking for them: a release between the asking and the waiting would be missed
   * until the timer.
   */
  watch(resources: readonly string[]): { sleep(ms: number): Promise<void>; end(): void } {
    let heard = false;
    let rouse = () => {};
    const sleeper = {
      resources: new Set(resources),
      wake: () => {
        heard = true;
        rouse();
      },
    };
    this.sleepers.add(sleeper);
    return {
      sleep: (ms) =>
        new Promise((resolve) => {
          if (heard) return resolve();
          const timer = setTimeout(resolve, ms);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        }),
      end: () => this.sleepers.delete(sleeper),
    };
  }
}
