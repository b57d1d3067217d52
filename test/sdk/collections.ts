/** The SDK's proxies for the emulated collections, each with the schema that its records must pass. */
export const COLLECTIONS = {
  project: 'ProjectSchema',
  users: 'UserSchema',
  role: 'RoleSchema',
  tag: 'TagSchema',
  box: 'BoxSchema',
  boxType: 'BoxTypeSchema',
  baseBox: 'BaseBoxSchema',
  building: 'BuildingSchema',
  buildingType: 'BuildingTypeSchema',
  splitter: 'SplitterSchema',
  splitterType: 'SplitterTypeSchema',
  connector: 'ConnectorSchema',
  connectorType: 'ConnectorTypeSchema',
  networkConnector: 'NetworkConnectorSchema',
  property: 'PropertySchema',
  ftthClient: 'FTTHClientSchema',
  cable: 'CableSchema',
  cableType: 'CableTypeSchema',
  fiber: 'FiberSchema',
  networkConnectables: 'NetworkConnectableSchema',
  pole: 'PoleSchema',
  poleType: 'PoleTypeSchema',
  point: 'PointSchema',
  basePoint: 'BasePointSchema',
  prospect: 'ProspectSchema',
  horizontalCondominium: 'HorizontalCondominiumSchema',
  fusion: 'FusionSchema',
  fusionType: 'FusionTypeSchema',
  switch: 'SwitchSchema',
  switchType: 'SwitchTypeSchema',
  cableStub: 'CableStubSchema',
  pendency: 'PendencySchema',
  pendencyType: 'PendencyTypeSchema',
  region: 'RegionSchema',
  regionType: 'RegionTypeSchema',
  color: 'ColorSchema',
  fiberProfile: 'FiberProfileSchema',
  projectGroup: 'ProjectGroupSchema',
  boxTemplate: 'BoxTemplateSchema',
  pop: 'PopSchema',
  popType: 'PopTypeSchema',
  shelf: 'ShelfSchema',
  shelfType: 'ShelfTypeSchema',
  olt: 'OLTSchema',
  oltType: 'OLTTypeSchema',
  slot: 'SlotSchema',
  pon: 'PONSchema',
} as const;
export type ProxyName = keyof typeof COLLECTIONS;

/** Where the SDK's schema says something else than what OZmap was seen to answer, the emulator answers as OZmap. Met by reading the seeded plant. */
export const READ_CONTRADICTIONS: Contradictions = {
  project: {
    'drop.type: Required': 'real answers carry drop.defaults.cableType; the SDK’s own page on projects shows it',
  },
  ftthClient: { 'kind: Invalid literal value, expected "FTTHClient"': 'real answers carry kind "ftth"' },
  pole: {
    'kind: Invalid literal value, expected "POLE"':
      'the SDK’s own BasePointKind, which it takes elsewhere, says "Pole"',
  },
  property: {
    'client.kind: Invalid literal value, expected "FTTHClient"': 'real answers carry kind "ftth"',
    'client: Expected object, received null': 'real answers carry null for a home without client',
    'parent: Expected object, received null': 'not known; the emulator says null, as for the client',
    'parent: Expected object, received string': 'the real answer for a flat carries the building’s id',
    'coords: Expected array, received null': 'real answers for flats carry no place',
  },
  baseBox: { 'coords: Expected array, received null': 'real answers for flats carry no place' },
};

/** The same, met with records that the SDK made. */
export const WRITE_CONTRADICTIONS: Contradictions = {
  project: {
    'area: Expected object, received null':
      'the SDK lets a project be made without area, and has no word for one that has none',
  },
  building: { 'pole: Invalid input': 'not known; the emulator says null for a building without pole' },
  property: { 'client: Expected object, received string': 'the real answer to a POST carries the id' },
};

type Contradictions = Partial<Record<ProxyName, Record<string, string>>>;

/** What the schema finds wrong that is not one of the known contradictions. */
export function unexpected(proxy: ProxyName, issues: readonly string[]): string[] {
  const known = { ...READ_CONTRADICTIONS[proxy], ...WRITE_CONTRADICTIONS[proxy] };
  return issues.filter((issue) => !(issue in known));
}

/** The contradictions of a table that were not met. */
export function unmet(table: Contradictions, met: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return Object.entries(table).flatMap(([proxy, issues]) =>
    Object.keys(issues)
      .filter((issue) => !met.get(proxy)?.has(issue))
      .map((issue) => `${proxy} ${issue}`),
  );
}
