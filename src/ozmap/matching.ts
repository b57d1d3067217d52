import { UpstreamShapeError } from '../errors/app-error.js';
import type { WireRecord } from './wire/record.js';

/** Compares rows with what was asked for. */
export interface Matcher {
  /** True when the row has exactly one of the values; codes are opaque, so `a1` is not `A1` even where OZmap thinks so. */
  matches(row: WireRecord): boolean;
  /** Errors: UPSTREAM_UNEXPECTED_SHAPE (`filter`) for a row that has nothing to do with the values: OZmap ignored the filter. */
  assertFiltered(row: WireRecord): void;
}

/**
 * Guards against an OZmap that does not understand a filter and answers with everything: acting on the first row would change somebody
 * else's contract. Rows that do not show the property are let through.
 */
export function matcher(route: string, property: string, values: readonly string[]): Matcher {
  const exact = new Set(values);
  const loose = new Set(values.map(loosely));
  const shownBy = (row: WireRecord): string | null =>
    property === 'id' ? row.id : (row.reference(property) ?? row.text(property));
  return {
    matches: (row) => {
      const value = shownBy(row);
      return value === null || exact.has(value);
    },
    assertFiltered: (row) => {
      const value = shownBy(row);
      if (value !== null && !loose.has(loosely(value))) throw new UpstreamShapeError(route, 'filter');
    },
  };
}

function loosely(value: string): string {
  return value.trim().toLowerCase();
}
