/** What in a box can serve a client; OTHER is anything OZmap may add. */
export const EQUIPMENT_KINDS = ['SPLITTER', 'CONNECTOR', 'FUSION', 'SWITCH', 'OTHER'] as const;
export type EquipmentKind = (typeof EQUIPMENT_KINDS)[number];

/** OZmap's `connections[].kind` in our words; its spelling differs between routes (`Splitter`, `splitter`). */
export function equipmentKind(kind: string): EquipmentKind {
  const known = kind.toUpperCase();
  return EQUIPMENT_KINDS.find((candidate) => candidate === known) ?? 'OTHER';
}
