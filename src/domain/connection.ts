/** What in a box can serve a client; OTHER is anything OZmap may add. */
export const EQUIPMENT_KINDS = ['SPLITTER', 'CONNECTOR', 'FUSION', 'SWITCH', 'OTHER'] as const;
export type EquipmentKind = (typeof EQUIPMENT_KINDS)[number];

/** OZmap's `connections[].kind` in our words; its spelling differs between routes (`Splitter`, `splitter`). */
export function equipmentKind(kind: string): EquipmentKind {
  const known = kind.toUpperCase();
  return EQUIPMENT_KINDS.find((candidate) => candidate === known) ?? 'OTHER';
}

/** What hangs on equipment. */
export interface Connected {
  connections: readonly { id: string; kind: string; port: number | null; fiberId: string | null }[];
}

/** The splitter port that a home holds. Null when the home is on no port, or on something that is not a splitter, or OZmap does not tell which port. */
export function heldPort({ connections }: Connected): { splitterId: string; port: number; fiberId: string } | null {
  for (const { id: splitterId, kind, port, fiberId } of connections) {
    if (equipmentKind(kind) === 'SPLITTER' && port !== null && fiberId !== null) return { splitterId, port, fiberId };
  }
  return null;
}

/** True when two looks at a home show the same connections. */
export function sameConnections(a: Connected, b: Connected): boolean {
  const key = (home: Connected) =>
    home.connections
      .map(({ id, port }) => `${id}:${port}`)
      .sort()
      .join();
  return key(a) === key(b);
}
