import { setMaxListeners } from 'node:events';
import { LimitExceededError } from '../errors/app-error.js';
import type { Lane } from './fair-queue.js';

/** What one call to somebody else costs, counted like the objects that an operation may bring back. */
const CALL_COSTS = { ozmap: 100, geocoder: 500 } as const;
/** A request that costs more than this stands back behind those of people who wait for one answer. */
const BULK_COST = 2_000;
/** For how long whoever has no deadline of its own waits when OZmap asks for it. */
const PATIENCE_MS = 5_000;

/** What calls to somebody else are paid from. */
export interface Budget {
  /** Aborted when nobody waits for them any more. */
  readonly signal: AbortSignal;
  /** Where its calls wait for their turn. */
  readonly lane: Lane;
  /** How long it can still wait for an answer. */
  patienceMs(): number;
  /** Counts a call that is about to be made, or this share of one. Errors: LIMIT_EXCEEDED (`cost`) · what it ended with. */
  spend(call: keyof typeof CALL_COSTS, share?: number): void;
}

/** What is done for nobody in particular, and goes on without end. */
export const BACKGROUND: Budget = {
  signal: deafened(new AbortController().signal),
  lane: 'background',
  patienceMs: () => PATIENCE_MS,
  spend: () => {},
};
/** What a command does for whoever sent it: it is brought to its end. */
export const COMMAND: Budget = { ...BACKGROUND, lane: 'sellers' };

/** Everything that waits for a request listens. */
function deafened(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

/** What one request may still cause at OZmap and the geocoder, and whether it is over. */
export class RequestBudget implements Budget {
  private readonly ending = new AbortController();
  private readonly startedAt = performance.now();
  private spent = 0;
  private expected = 0;

  /** `most` is MAX_COST; `withinMs`: when its caller has stopped waiting. */
  constructor(
    private readonly most: number,
    private readonly withinMs = Number.POSITIVE_INFINITY,
  ) {
    deafened(this.ending.signal);
  }

  /** What the request will cost, as far as it can be told beforehand. */
  expect(cost: number): void {
    this.expected = cost;
  }

  get lane(): Lane {
    return Math.max(this.spent, this.expected) > BULK_COST ? 'bulk' : 'sellers';
  }

  patienceMs(): number {
    return this.startedAt + this.withinMs - performance.now();
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
    lane: parts[0]?.budget.lane ?? 'sellers',
    patienceMs: () => Math.max(...parts.map(({ budget }) => budget.patienceMs())),
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
