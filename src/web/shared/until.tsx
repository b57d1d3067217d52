import { useState } from 'preact/hooks';

const DAY_MS = 86_400_000;
/** How much longer a reservation holds, unless the person says otherwise. */
const LONGER_DAYS = 7;
/** The service holds none longer. */
const LONGEST_DAYS = 366;

/** Until when a reservation is to hold, by this device's clock. `until`: null while no time to come stands in the field. */
export function useUntil(expiresAt: string | null, nowMs: number) {
  const from = Math.max(nowMs, expiresAt === null ? 0 : Date.parse(expiresAt));
  const [until, setUntil] = useState(() => localTime(from + LONGER_DAYS * DAY_MS));
  // No number for what is no date: browsers let years of six digits be typed.
  const at = Date.parse(until);
  const past = at <= nowMs;
  const field = (label: string, said: string) => (
    <div class="field">
      <label>
        {label}
        <input
          type="datetime-local"
          value={until}
          min={localTime(nowMs)}
          max={localTime(nowMs + LONGEST_DAYS * DAY_MS)}
          required
          aria-invalid={past}
          onInput={(event) => setUntil(event.currentTarget.value)}
        />
      </label>
      {past && (
        <p class="error" role="alert">
          {said}
        </p>
      )}
    </div>
  );
  return { field, until: past || Number.isNaN(at) ? null : new Date(at).toISOString() };
}

/** `2026-11-28T18:00`, as the browser's field of date and time has it. */
function localTime(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
