/** Things that are there in the embedded OZmap. */
export interface Demo {
  address: string;
  location: { lat: number; lng: number };
  /** Offered at `location`. */
  boxId: string;
  /** Implanted. */
  activeCode: string;
  /** Reserved, and not implanted yet. */
  reservedCode: string;
}

/** Where there is no demo, what stands here is to be replaced. */
const PLACEHOLDERS: Demo = {
  address: '',
  location: { lat: -15.8, lng: -47.9 },
  boxId: '',
  activeCode: '',
  reservedCode: '',
};

const NEW_CODE = 'EXAMPLE-1';
const RADIUS_M = 300;
const DAY_MS = 86_400_000;
/** Of latitude: some 300 m. */
const NEAR_DEG = 0.003;

/** The variables that an operation of schema/operations is opened with. */
export function variablesFor(operation: string, demo: Demo | null): Record<string, unknown> {
  const make = VARIABLES[operation];
  return make ? make(demo ?? PLACEHOLDERS) : {};
}

const viability = ({ address }: Demo) => ({ input: { address } });
const boxes = ({ location }: Demo) => ({ near: location, radiusM: RADIUS_M, limit: 20 });
const active = ({ activeCode }: Demo) => ({ contractCode: activeCode });
const reserved = ({ reservedCode }: Demo) => ({ contractCode: reservedCode });
const several = ({ activeCode, reservedCode }: Demo) => ({ contractCodes: [activeCode, reservedCode] });
const operation = () => ({ id: '' });
const reservation = ({ boxId, location, address }: Demo) => ({
  input: { contractCode: NEW_CODE, boxId, location, name: 'Example', address },
});

const reservedInput = ({ reservedCode }: Demo) => ({ input: { contractCode: reservedCode } });
const activeInput = ({ activeCode }: Demo) => ({ input: { contractCode: activeCode } });
const update = ({ activeCode }: Demo) => ({ input: { contractCode: activeCode, observation: 'Example' } });
const relocation = ({ activeCode, boxId, location }: Demo) => ({
  input: { contractCode: activeCode, boxId, location },
});

const transfer = ({ activeCode }: Demo) => ({
  input: { contractCode: activeCode, newContractCode: NEW_CODE, name: 'Example' },
});
const extension = ({ reservedCode }: Demo) => ({ input: { contractCode: reservedCode, until: inDays(7) } });
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

const VARIABLES: Readonly<Record<string, (demo: Demo) => Record<string, unknown>>> = {
  Viability: viability,
  ViabilityList: viability,
  OzlocViability: viability,
  OzlocKeptHomes: ({ location }) => ({ input: { location } }),
  OzlocSuggestions: ({ address, location }) => ({ text: address, near: location }),
  Viabilities: ({ address, location }) => ({ inputs: [{ address }, { location }] }),
  Box: ({ boxId }) => ({ id: boxId }),
  OzlocPorts: ({ boxId }) => ({ boxId }),
  Boxes: boxes,
  BoxPorts: boxes,
  OzlocBoxes: boxes,
  Poles: ({ location: { lat, lng } }) => ({
    within: { south: lat - NEAR_DEG, west: lng - NEAR_DEG, north: lat + NEAR_DEG, east: lng + NEAR_DEG },
    limit: 50,
  }),
  Client: active,
  OzlocClient: active,
  Clients: several,
  ClientDrops: several,
  Reservation: reserved,
  OzlocReservation: reserved,
  ReservePort: reservation,
  OzlocReservePort: reservation,
  WithdrawReservation: reservedInput,
  ActivateClient: reservedInput,
  UpdateClient: update,
  CancelClient: activeInput,
  OzlocRelocateClient: relocation,
  OzlocCreateProspect: ({ location, address }) => ({ input: { location, address, name: 'Example' } }),
  LogsOperations: () => ({ first: 20 }),
  LogsNews: () => ({ first: 20 }),
  LogsOperation: operation,
  LogsNames: ({ activeCode, boxId }) => ({ contractCodes: [activeCode], boxIds: [boxId] }),
  OzlocOperation: operation,
  LogsRetryOperation: () => ({ input: { operationId: '' } }),
  LogsDeliveries: () => ({ first: 20 }),
  LogsRedeliverEvent: () => ({ input: { deliveryId: '' } }),
  LogsExtendReservation: extension,
  OzlocExtendReservation: extension,
  LogsTransferClient: transfer,
  DoorViability: viability,
  DoorContract: active,
  DoorSketch: active,
  DoorDeclare: ({ activeCode }) => ({ input: { contractCode: activeCode, state: 'ACTIVE' } }),
  DoorOperations: active,
  DoorOperation: operation,
  DoorReserve: reservation,
  DoorActivate: reservedInput,
  DoorUpdate: update,
  DoorCancel: activeInput,
  DoorWithdraw: reservedInput,
  DoorChangePort: ({ activeCode, boxId }) => ({ input: { contractCode: activeCode, boxId } }),
  DoorRelocate: relocation,
  DoorTransfer: transfer,
  DoorExtendReservation: extension,
  DoorOzlocLink: () => ({ input: { contractCode: NEW_CODE } }),
};
