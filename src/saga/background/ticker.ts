import { faultOf } from '../fault.js';
import type { JournalLogger } from '../options.js';

/** Does one piece of background work again and again, never twice at once; ends when what runs has ended. */
export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly logger: JournalLogger,
  ) {}

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private schedule(inMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().finally(() => this.schedule(this.everyMs));
    }, inMs);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.warn({ ...faultOf(error), work: this.name }, 'background work failed and will be tried again');
    }
  }
}
