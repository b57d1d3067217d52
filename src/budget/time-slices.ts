/** Resolves when more work may be done: at once within the current slice, otherwise in a later turn of the event loop. */
export type Yield = () => Promise<void>;

/** Short enough that a request to somebody else, which takes about ten turns, is hardly slower. */
const SLICE_MS = 5;

/**
 * Shares the event loop between long computations and everything else. A computation awaits the result between its pieces of work; all
 * computations together get one slice for each turn of the loop, first come, first served.
 */
export function createTimeSlices(sliceMs = SLICE_MS): Yield {
  const waiting: (() => void)[] = [];
  let sliceEnds = 0;

  const next = (): void => {
    const resume = waiting.shift();
    if (waiting.length > 0) setImmediate(next);
    sliceEnds = performance.now() + sliceMs;
    resume?.();
  };

  return () => {
    if (performance.now() < sliceEnds) return Promise.resolve();
    return new Promise((resume) => {
      if (waiting.push(resume) === 1) setImmediate(next);
    });
  };
}
