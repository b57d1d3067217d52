import type { OperationRow } from './sql/open.js';

/** True when all these projects are among the seen ones. Of a caller of whom nothing is known (null) it is never true. */
export function within(scope: readonly string[] | null, projectIds: readonly string[]): boolean {
  const seen = new Set(projectIds);
  return scope?.every((projectId) => seen.has(projectId)) ?? false;
}

/**
 * Whether who sees these projects may take for absent what it does not see of an operation: its project, and all that its caller saw. What
 * works in nobody's name has no caller; then its project must be known.
 */
export function canSee({ scope, project_id }: OperationRow, projectIds: readonly string[]): boolean {
  const touched = project_id === null ? [] : [project_id];
  return scope === null
    ? project_id !== null && within(touched, projectIds)
    : within([...scope, ...touched], projectIds);
}
