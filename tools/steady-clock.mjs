// A clock for pictures: it begins on one day and goes a thousand times slower, so that every time that a page tells is the same each time. Not
// still: whoever waits for a later millisecond gets one. Imported first: what is loaded after it reads this clock.
export const DAY = '2026-11-24T12:34:00.000-03:00';

/** Puts it in the place of Date; in this process, or (as text) in a page. */
export function steadyClock(beginsAt) {
  const RealDate = Date;
  const startedAt = RealDate.now();
  const now = () => Math.floor(beginsAt + (RealDate.now() - startedAt) / 1_000);
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(now());
      else super(...parts);
    }

    static now() {
      return now();
    }
  };
}

steadyClock(Date.parse(DAY));
