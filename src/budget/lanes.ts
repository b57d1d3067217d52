import type { Allowance } from './allowance.js';
import { type Gate, LANES, type Lane } from './fair-queue.js';

/** How one request went, as far as it tells how much more may be asked. */
export interface Outcome {
  lane: Lane;
  /** Requests of one kind take alike long. */
  route: string;
  /** By `performance.now()`. */
  startedAt: number;
  durationMs: number;
  /** It said 429 or 503, or nothing in time. */
  refused: boolean;
  /** How long it said to ask no more; null: it did not. */
  pauseMs: number | null;
}

/** Which request goes next to somebody who must not be overrun, and how many are under way at once. */
export interface Lanes extends Gate {
  /** Learns from a request that is over, whatever its end. */
  heard(outcome: Outcome): void;
  /** How long a lane still stands still, because it was asked to. */
  pausedMs(lane: Lane): number;
  /** Requests that may be under way now. */
  readonly width: number;
}

/** Turns that each lane gets while all of them have something waiting. */
const TURNS: Readonly<Record<Lane, number>> = { sellers: 8, background: 2, bulk: 1 };

/** Of the places, the part that is kept free for sellers: they start at once beside whoever asks for hundreds. */
const SELLERS_OWN = 1 / 4;
/** After so long one request is let through, whatever was said. */
const PAUSE_AT_MOST_MS = 60_000;

/** So many times what requests of a route usually take is slow, from this duration on. */
const SLOW_FACTOR = 3;
const SLOW_FROM_MS = 500;
/** How fast a lasting change becomes what is usual, and how many slow answers make a slowness. */
const USUAL_WEIGHT = 1 / 64;
const LATEST_WEIGHT = 1 / 8;

/** Begins at `most`, grows by one for each round of calm answers, and halves when it is refused or answers become slow. */
export function createLanes(most: number, allowance: Allowance): Lanes {
  const running: Record<Lane, number> = { sellers: 0, background: 0, bulk: 0 };
  const turns: Record<Lane, number> = { sellers: 0, background: 0, bulk: 0 };
  const paused = new Map<Lane, { until: number; timer: NodeJS.Timeout | undefined }>();
  const slowness = createSlowness();
  let width = most;
  let narrowedAt = Number.NEGATIVE_INFINITY;
  let turn = 0;

  const mayStart = (lane: Lane, again: () => void): boolean => {
    const pausedMs = pausedFor(lane);
    if (pausedMs > 0) {
      const pause = paused.get(lane);
      if (pause) pause.timer ??= setTimeout(again, pausedMs).unref();
      return false;
    }
    if (lane === 'sellers') return true;
    const places = Math.floor(width);
    return running.background + running.bulk < Math.max(1, places - Math.ceil(places * SELLERS_OWN));
  };

  const pausedFor = (lane: Lane): number => {
    const pause = paused.get(lane);
    if (!pause) return 0;
    const leftMs = pause.until - performance.now();
    // A timer may be a moment early.
    if (leftMs > 1) return leftMs;
    clearTimeout(pause.timer);
    paused.delete(lane);
    return 0;
  };

  const narrow = (): void => {
    width = Math.max(1, Math.floor(width / 2));
    narrowedAt = performance.now();
    slowness.forget();
  };

  return {
    admit: (waiting, again) => {
      if (LANES.reduce((sum, lane) => sum + running[lane], 0) >= Math.floor(width)) return null;
      // A lane that had nothing to do does not get its turns later.
      const due = (lane: Lane): number => Math.max(turns[lane], turn) + 1 / TURNS[lane];
      const candidates = [...waiting].filter((lane) => mayStart(lane, again)).sort((a, b) => due(a) - due(b));
      const first = candidates.find((lane) => allowance.take(lane, again));
      if (!first) return null;
      turns[first] = due(first);
      turn = turns[first] - 1 / TURNS[first];
      running[first] += 1;
      return first;
    },
    ended: (lane) => {
      running[lane] -= 1;
    },
    heard: ({ lane, route, startedAt, durationMs, refused, pauseMs }) => {
      if (pauseMs !== null) {
        const until = performance.now() + Math.min(pauseMs, PAUSE_AT_MOST_MS);
        const known = paused.get(lane);
        if (!known || known.until < until) {
          clearTimeout(known?.timer);
          paused.set(lane, { until, timer: undefined });
        }
      }
      // What was under way when it narrowed tells of before.
      if (startedAt < narrowedAt) return;
      if (refused || slowness.grows(route, durationMs)) narrow();
      else width = Math.min(most, width + 1 / width);
    },
    pausedMs: pausedFor,
    get width() {
      return Math.floor(width);
    },
  };
}

/** Compares what requests take with what those of their route have taken for long. */
function createSlowness() {
  const usual = new Map<string, number>();
  let latest = 1;
  return {
    /** One more answer. True: the latest ones are slow. */
    grows(route: string, durationMs: number): boolean {
      const known = usual.get(route) ?? durationMs;
      usual.set(route, known + (durationMs - known) * USUAL_WEIGHT);
      const times = durationMs < SLOW_FROM_MS ? 1 : durationMs / Math.max(1, known);
      latest += (times - latest) * LATEST_WEIGHT;
      return latest > SLOW_FACTOR;
    },
    forget(): void {
      latest = 1;
    },
  };
}
