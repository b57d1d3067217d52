import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Write } from '../domain/write.js';
import { OutcomeUnknownError, UpstreamUnavailableError } from '../errors/app-error.js';

/** When OZmap counts as dead, and how soon it is tried again. */
export interface CircuitOptions {
  /** Failures in a row, each after its own retries. */
  failures?: number;
  /** After this one request is let through; it decides. */
  pauseMs?: number;
  onChange?: (open: boolean) => void;
}

/** Keeps a dead OZmap from holding requests: after some failures in a row they fail at once, until one gets through again. */
export interface Circuit {
  /** The same thing, behind the circuit. Methods that `isRead` names answer promises; the others describe writes, which are not sent while open. */
  guard<T extends object>(target: T, isRead: (method: string) => boolean): T;
  isOpen(): boolean;
}

/** One for each OZmap, shared by all sessions. What OZmap answers, refusals included, shows that it lives. */
export function createCircuit({ failures = 5, pauseMs = 1_000, onChange }: CircuitOptions = {}): Circuit {
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof UpstreamUnavailableError || error instanceof OutcomeUnknownError),
    { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(failures) },
  );
  policy.onBreak(() => onChange?.(true));
  policy.onReset(() => onChange?.(false));
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await policy.execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new UpstreamUnavailableError('OZmap has not answered lately and is not asked again yet');
      throw error;
    }
  };
  return {
    isOpen: () => policy.state === CircuitState.Open,
    guard: (target, isRead) =>
      new Proxy(target, {
        get(owner, name, receiver) {
          const member: unknown = Reflect.get(owner, name, receiver);
          if (typeof member !== 'function' || typeof name !== 'string') return member;
          const call = (args: unknown[]): unknown => Reflect.apply(member, owner, args);
          if (isRead(name)) return (...args: unknown[]) => through(async () => call(args));
          return (...args: unknown[]) => {
            const write = call(args) as Write<unknown>;
            return {
              ...write,
              send: (canStillSend?: () => boolean) => through(() => write.send(canStillSend)),
            };
          };
        },
      }),
  };
}
