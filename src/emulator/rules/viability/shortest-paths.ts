/** A node that was reached: how far, and over which neighbour; null for the start. */
export interface Reached<N> {
  lengthM: number;
  from: N | null;
}

/**
 * Shortest ways from one node to all within a limit (Dijkstra). The nearest open node is found by looking at all: a drop's reach has
 * some tens of poles, fewer than a heap would pay for.
 */
export function shortestPaths<N>(
  start: N,
  limitM: number,
  neighbours: (node: N) => Iterable<readonly [neighbour: N, lengthM: number]>,
): Map<N, Reached<N>> {
  const done = new Map<N, Reached<N>>();
  const open = new Map<N, Reached<N>>([[start, { lengthM: 0, from: null }]]);
  for (let nearest = nearestOf(open); nearest; nearest = nearestOf(open)) {
    const [node, reached] = nearest;
    open.delete(node);
    done.set(node, reached);
    for (const [neighbour, legM] of neighbours(node)) {
      const lengthM = reached.lengthM + legM;
      if (lengthM > limitM || done.has(neighbour)) continue;
      const before = open.get(neighbour);
      if (!before || lengthM < before.lengthM) open.set(neighbour, { lengthM, from: node });
    }
  }
  return done;
}

function nearestOf<N>(open: ReadonlyMap<N, Reached<N>>): [N, Reached<N>] | undefined {
  let nearest: [N, Reached<N>] | undefined;
  for (const entry of open) if (!nearest || entry[1].lengthM < nearest[1].lengthM) nearest = entry;
  return nearest;
}

/** The way back from a reached node to the start, both included. Empty for a node that was not reached. */
export function wayBack<N>(reached: ReadonlyMap<N, Reached<N>>, node: N): N[] {
  const way: N[] = [];
  let next: N | null = reached.has(node) ? node : null;
  while (next !== null) {
    way.push(next);
    next = reached.get(next)?.from ?? null;
  }
  return way;
}
