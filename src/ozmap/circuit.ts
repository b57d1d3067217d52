import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { OutcomeUnknownError, UpstreamBusyError, UpstreamUnavailableError } from '../errors/app-error.js';

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
  /** Does one request, unless the circuit is open. Errors: the request's own · UPSTREAM_UNAVAILABLE (not sent). */
  through<T>(request: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
}

/** One for each OZmap, shared by all sessions. What OZmap answers, refusals included, shows that it lives. */
export function createCircuit({ failures = 5, pauseMs = 1_000, onChange }: CircuitOptions = {}): Circuit {
  const policy = circuitBreaker(
    handleWhen(
      (error) =>
        (error instanceof UpstreamUnavailableError && !(error instanceof UpstreamBusyError)) ||
        error instanceof OutcomeUnknownError,
    ),
    { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(failures) },
  );
  policy.onBreak(() => onChange?.(true));
  policy.onReset(() => onChange?.(false));
  return {
    isOpen: () => policy.state === CircuitState.Open,
    through: async (request) => {
      try {
        return await policy.execute(request);
      } catch (error) {
        if (error instanceof BrokenCircuitError)
          throw new UpstreamUnavailableError('OZmap has not answered lately and is not asked again yet');
        throw error;
      }
    },
  };
}
