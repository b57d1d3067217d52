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

/** Runs as many tasks at once as its gate allows, taking turns between callers so that one with 500 requests does not hold up one with a single request. */
export interface FairQueue {
  /** A task whose signal is aborted before its turn is dropped. Errors: the task's · the signal's reason. */
  run<T>(caller: unknown, task: () => Promise<T>, options?: { signal?: AbortSignal; lane?: Lane }): Promise<T>;
  /** How many tasks of a caller wait for their turn in a lane. */
  waiting(caller: unknown, lane?: Lane): number;
  /** How many tasks wait in a lane, over all callers. */
  length(lane: Lane): number;
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

/** Callers of a lane are served round robin; within a caller first come, first served. `gate`: a number lets so many be under way. */
export function createFairQueue(gate: Gate | number): FairQueue {
  const { admit, ended } = typeof gate === 'number' ? fixed(gate) : gate;
  const lanes = new Map<Lane, Map<unknown, Set<() => void>>>();

  const next = (): void => {
    for (let lane = admit(lanes.keys(), next); lane !== null; lane = admit(lanes.keys(), next)) take(lane)?.();
  };

  const take = (lane: Lane): (() => void) | undefined => {
    const callers = lanes.get(lane);
    const first = callers?.entries().next().value;
    if (!callers || !first) return undefined;
    const [caller, waiting] = first;
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
    const waiting = callers.get(caller);
    if (waiting) waiting.add(start);
    else callers.set(caller, new Set([start]));
  };

  const leave = (lane: Lane, caller: unknown, start: () => void): void => {
    const callers = lanes.get(lane);
    const waiting = callers?.get(caller);
    waiting?.delete(start);
    if (waiting?.size === 0) callers?.delete(caller);
    if (callers?.size === 0) lanes.delete(lane);
  };

  return {
    run: (caller, task, { signal, lane = 'sellers' } = {}) =>
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
    waiting: (caller, lane = 'sellers') => lanes.get(lane)?.get(caller)?.size ?? 0,
    length: (lane) => [...(lanes.get(lane)?.values() ?? [])].reduce((sum, { size }) => sum + size, 0),
  };
}
