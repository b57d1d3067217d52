import { type RawBuilder, sql } from 'kysely';

/** A version of a saga's state, by the saga's action. */
export interface StateVersion {
  action: string;
  version: number;
}

/**
 * Whether this release may go on with an operation (`c`): it knows its action and, where there is one, the version of its saga's state. What
 * another release began is left to that one, as it is. One that waits with empty facts has no state, whoever wrote it.
 */
export function isKnown(known: readonly StateVersion[]): RawBuilder<boolean> {
  const actions = known.map(({ action }) => action);
  const versions = known.map(({ version }) => version);
  return sql<boolean>`exists (
      select 1 from unnest(${actions}::text[], ${versions}::int[]) as known (action, version)
      where known.action = c.action and (c.state_version is null or known.version = c.state_version
        or (c.state = 'QUEUED' and coalesce(c.facts::text, '{}') = '{}'))
    )`;
}
