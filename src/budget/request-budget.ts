import { setMaxListeners } from 'node:events';
import { LimitExceededError } from '../errors/app-error.js';

/** What one call to somebody else costs, counted like the objects that an operation may bring back. */
const CALL_COSTS = { ozmap: 100, geocoder: 500 } as const;

/** What calls to somebody else are paid from. */
export interface Budget {
  /** Aborted when nobody waits for them any more. */
  readonly signal: AbortSignal;
  /** Counts a call that is about to be made, or this share of one. Errors: LIMIT_EXCEEDED (`cost`) · what it ended with. */
  spend(call: keyof typeof CALL_COSTS, share?: number): void;
}

/** What one request may still cause at OZmap and the geocoder, and whether it is over. */
export class RequestBudget implements Budget {
  private readonly ending = new AbortController();
  private spent = 0;

  /** `most` is MAX_COST. */
  constructor(private readonly most: number) {
    // Everything that waits for this request listens.
    setMaxListeners(0, this.ending.signal);
  }

  /** Aborted when the request is over: what still waits for it is dropped. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Counts a call that is about to be made; the one too many ends the request. Errors: LIMIT_EXCEEDED (`cost`) · what the request ended with. */
  spend(call: keyof typeof CALL_COSTS, share = 1): void {
    this.signal.throwIfAborted();
    this.spent += CALL_COSTS[call] * share;
    if (this.spent <= this.most) return;
    const tooMuch = new LimitExceededError('cost', this.most, Math.ceil(this.spent));
    this.end(tooMuch);
    throw tooMuch;
  }

  /** Ends all that was asked for this request. Only the first reason counts. */
  end(reason: Error): void {
    this.ending.abort(reason);
  }
}

/** The budget of what several requests ask for together: each pays its share; one that cannot is over, and the others go on. */
export function sharedBudget(parts: readonly { budget: Budget; share: number }[], signal: AbortSignal): Budget {
  return {
    signal,
    spend(call) {
      for (const { budget, share } of parts) {
        try {
          budget.spend(call, share);
        } catch {
          // It hears of it by its own signal, and leaves.
        }
      }
      signal.throwIfAborted();
    },
  };
}
