import { ConflictError } from '../../errors/app-error.js';

interface Waiter {
  enter(): void;
}

/**
 * Lets one at a time into each named place, in order of arrival. In front of the leases' table, so that each process has one contender
 * there however many callers it has.
 */
export class Fifo {
  private readonly waiting = new Map<string, Waiter[]>();

  /** True when somebody is in one of these places. */
  isTaken(places: readonly string[]): boolean {
    return places.some((place) => this.waiting.has(place));
  }

  /**
   * Enters a place, and answers the way out.
   * Errors: CONFLICT BUSY when `waitMs` passes first.
   */
  async enter(place: string, waitMs: number): Promise<() => void> {
    const line = this.waiting.get(place);
    if (!line) {
      this.waiting.set(place, []);
      return this.leaving(place);
    }
    await new Promise<void>((resolve, reject) => {
      const waiter = {
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waiter), 1);
        reject(busy());
      }, waitMs);
      line.push(waiter);
    });
    return this.leaving(place);
  }

  private leaving(place: string): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.waiting.get(place)?.shift();
      if (next) next.enter();
      else this.waiting.delete(place);
    };
  }
}

/** True for the refusal of whoever waited too long. */
export function isBusy(error: unknown): boolean {
  return error instanceof ConflictError && error.reason === 'BUSY';
}

/** The refusal of whoever waited too long. */
export function busy(): ConflictError {
  return new ConflictError('BUSY', 'another command holds this contract or box');
}
