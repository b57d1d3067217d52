interface SeenHome {
  id: string;
  boxId: string | null;
  /** Of a flat. */
  buildingId?: string | null;
  dropId: string | null;
  clientId: string | null;
  createdAt: string | null;
  connections: readonly { id: string; port: number | null; fiberId: string | null }[];
}

interface SeenDrop {
  id: string;
  boxId: string | null;
  propertyId: string | null;
  poleIds: readonly string[];
}

/** How a home was asked to be connected. */
export interface AskedPlace {
  boxId: string;
  target: { connectorId: string; port: number } | null;
  dropPoleIds: readonly string[] | null;
}

/**
 * What is not as asked, in the words of the fields; empty when the home hangs on the box as it should: one drop that ends there, along the
 * poles that were drawn (OZmap may add its own at the ends), connected once, to the port that was named.
 */
export function placementFaults(asked: AskedPlace, home: SeenHome, drop: SeenDrop | null): string[] {
  const faults: string[] = [];
  if ((home.boxId ?? home.buildingId) !== asked.boxId) faults.push('boxId');
  if (home.dropId === null || drop === null) return [...faults, 'drop'];
  if (drop.boxId !== asked.boxId) faults.push('drop.boxId');
  if (drop.propertyId !== home.id) faults.push('drop.propertyId');
  if (asked.dropPoleIds && !holdsInOrder(drop.poleIds, asked.dropPoleIds)) faults.push('drop.poles');
  const [connection, ...others] = home.connections;
  if (!connection || others.length > 0) return [...faults, 'connection'];
  if (asked.target && (connection.id !== asked.target.connectorId || connection.port !== asked.target.port)) {
    faults.push('connection.port');
  }
  return faults;
}

/** Other homes that say they hang on the same port: two sales of one port, of which one must go. */
export function rivals<T extends SeenHome>(home: SeenHome, homes: readonly T[]): T[] {
  return homes.filter(
    (other) =>
      other.id !== home.id &&
      other.connections.some((theirs) =>
        home.connections.some((ours) => ours.id === theirs.id && ours.port !== null && ours.port === theirs.port),
      ),
  );
}

/**
 * Who keeps a port that two homes claim: the one whose fibre is really on it, where the splitter tells; else the earlier one.
 * Both sides of a race come to the same answer.
 */
export function losesPort(home: SeenHome, rivals: readonly SeenHome[], fiberOnPort: string | null): boolean {
  const holds = (claimant: SeenHome) =>
    fiberOnPort !== null && claimant.connections.some((connection) => connection.fiberId === fiberOnPort);
  if (holds(home)) return false;
  if (rivals.some(holds)) return true;
  const rank = (claimant: SeenHome) => `${claimant.createdAt ?? ''} ${claimant.id}`;
  return rivals.some((rival) => rank(rival) < rank(home));
}

function holdsInOrder(all: readonly string[], wanted: readonly string[]): boolean {
  let from = 0;
  return wanted.every((id) => {
    from = all.indexOf(id, from) + 1;
    return from > 0;
  });
}
