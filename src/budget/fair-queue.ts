import { AsyncResource } from 'node:async_hooks';

/** Who waits for a piece of work: a person in front of a screen, nobody in particular, or somebody who asked for hundreds. */
export const LANES = ['sellers', 'background', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** Decides how much of a queue is under way. */
export interface Gate {
  /**
   * The lane whose first task starts now, counted as started; null: none. `again` is to be called when that may have changed for another
   * reason than a task's end.
   */
  admit(waiting: Iterable<Lane>, again: () => void): Lane | null;
  /** A task of this lane is over. */
  ended(lane: Lane): void;
}

/** Lets `width` tasks be under way. */
function fixed(width: number): Gate {
  let running = 0;
  return {
    admit: ([lane]) => {
      if (lane === undefined || running >= width) return null;
      running += 1;
      return lane;
    },
    ended: () => {
      running -= 1;
    },
  };
}

/**
 * Runs as many tasks at once as its gate allows; a number lets so many be under way. Callers of a lane take turns, so that one with 500 requests
 * does not hold up one with a single request; within a caller first come, first served.
 */
export function createFairQueue(gate: Gate | number) {
  const { admit, ended } = typeof gate === 'number' ? fixed(gate) : gate;
  const lanes = new Map<Lane, Map<unknown, Set<() => void>>>();

  const next = (): void => {
    for (let lane = admit(lanes.keys(), next); lane !== null; lane = admit(lanes.keys(), next)) take(lane)?.();
  };

  const take = (lane: Lane): (() => void) | undefined => {
    const callers = lanes.get(lane);
    const [caller, waiting] = callers?.entries().next().value ?? [];
    if (!callers || !waiting) return undefined;
    const [start] = waiting;
    // To the back of the line, or gone when it has nothing left.
    callers.delete(caller);
    if (start) waiting.delete(start);
    if (waiting.size > 0) callers.set(caller, waiting);
    if (callers.size === 0) lanes.delete(lane);
    return start;
  };

  const enter = (lane: Lane, caller: unknown, start: () => void): void => {
    const callers = lanes.get(lane) ?? new Map<unknown, Set<() => void>>();
    lanes.set(lane, callers);
    const waiting = callers.get(caller) ?? new Set();
    callers.set(caller, waiting.add(start));
  };

  const leave = (lane: Lane, caller: unknown, start: () => void): void => {
    const callers = lanes.get(lane);
    const waiting = callers?.get(caller);
    waiting?.delete(start);
    if (waiting?.size === 0) callers?.delete(caller);
    if (callers?.size === 0) lanes.delete(lane);
  };

  return {
    /** A task whose signal is aborted before its turn is dropped. Errors: the task's · the signal's reason. */
    run: <T>(
      caller: unknown,
      task: () => Promise<T>,
      { signal, lane = 'sellers' }: { signal?: AbortSignal; lane?: Lane } = {},
    ): Promise<T> =>
      new Promise((resolve, reject) => {
        const drop = (): void => {
          leave(lane, caller, start);
          reject(signal?.reason);
        };
        // In the context of who asked, whoever's end makes room: its language, its trace.
        const start = AsyncResource.bind((): void => {
          signal?.removeEventListener('abort', drop);
          task()
            .then(resolve, reject)
            .finally(() => {
              ended(lane);
              next();
            });
        });
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', drop, { once: true });
        enter(lane, caller, start);
        next();
      }),
    /** How many tasks of a caller wait for their turn in a lane. */
    waiting: (caller: unknown, lane: Lane = 'sellers') => lanes.get(lane)?.get(caller)?.size ?? 0,
    /** How many tasks wait in a lane, over all callers. */
    length: (lane: Lane) => [...(lanes.get(lane)?.values() ?? [])].reduce((sum, { size }) => sum + size, 0),
  };
}
