/** Others wait for no longer than this, and work that is cut in two is rare: what loaders gather would be asked for in two parts. */
const TURN_MS = 60;

/** `cpuMs`: read when half of it is over. */
let startedAt: { wallMs: number; cpuMs: number | null } | null = null;
const waiting: (() => void)[] = [];

/**
 * For work that is cheap in itself and comes in great numbers, before each piece of it: null while the event loop's present turn is short;
 * otherwise resolves in a later one.
 */
export function endOfTurn(): Promise<void> | null {
  if (startedAt === null) {
    startedAt = { wallMs: performance.now(), cpuMs: null };
    setImmediate(() => {
      startedAt = null;
    });
  }
  const wallMs = performance.now() - startedAt.wallMs;
  if (wallMs < TURN_MS / 2) return null;
  // CPU time costs a call of the system. It counts because how busy the machine is otherwise must not change what is asked at once.
  startedAt.cpuMs ??= cpuMs();
  if (wallMs < TURN_MS || cpuMs() - startedAt.cpuMs < TURN_MS / 2) return null;
  return new Promise((resume) => {
    if (waiting.push(resume) === 1) setImmediate(resumeNext);
  });
}

/** One at a time: all of them at once would make one long turn again. */
function resumeNext(): void {
  startedAt = null;
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(resumeNext);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

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
