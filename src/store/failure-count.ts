import type { LogEvent } from 'kysely';

/** Counts statements that failed, whoever ran them. */
export class FailureCount {
  count = 0;

  /** What Kysely tells of its statements. `onQuery` hears of all of them. */
  log(onQuery?: (sql: string) => void): (event: LogEvent) => void {
    return ({ level, query }) => {
      if (level === 'error') this.count += 1;
      onQuery?.(query.sql);
    };
  }
}
