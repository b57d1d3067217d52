import type { ErrorCode } from '../../errors/app-error.js';
import {
  DoorActivateDocument,
  DoorCancelDocument,
  DoorChangePortDocument,
  DoorContractDocument,
  DoorDeclareDocument,
  DoorExtendReservationDocument,
  DoorOperationDocument,
  DoorOperationsDocument,
  DoorOzlocLinkDocument,
  DoorRelocateDocument,
  DoorReserveDocument,
  DoorTransferDocument,
  DoorUpdateDocument,
  DoorViabilityDocument,
  DoorWithdrawDocument,
} from '../../generated/operations.js';

/** One route of the door: an operation of `schema/operations`, and how it is asked and answered in plain HTTP. */
export interface DoorRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below `v1`, with parameters as OpenAPI writes them. */
  path: string;
  document: { toString(): string };
  /** Where what is sent, by path, query or body, stands in the operation's variables. */
  takes: Readonly<Record<string, string>>;
  /** Nested objects whose fields carry no prefix in the flat answer. */
  lift: readonly string[];
  /** When it was carried out; 201 where something came to be. */
  status: 200 | 201;
  /** Of refusals that mean something else here than elsewhere. */
  refusals?: Readonly<Partial<Record<ErrorCode, number>>>;
  /** Made of what was sent before it is put into the variables. */
  arrange?(sent: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

const CODE = { code: 'input.contractCode' };
const CLIENT = ['client', 'property', 'connection', 'reservation'];
const PLACE = { lat: 'input.location.lat', lng: 'input.location.lng' };
const PORT = inInput('boxId', 'splitterId', 'port', 'dropPath');
const PARTS = ['number', 'neighbourhood', 'city', 'state', 'postalCode'] as const;

/** Every route. `openapi.json` is made of this table and the schema. */
export const ROUTES: readonly DoorRoute[] = [
  {
    method: 'GET',
    path: '/viability',
    document: DoorViabilityDocument,
    takes: {
      ...inInput('address'),
      ...PLACE,
      ...inInput('accuracyM'),
      ...Object.fromEntries(PARTS.map((part) => [part, `input.addressParts.${part}`])),
      street: 'input.addressParts.street',
    },
    lift: ['box', 'type', 'building', 'viability'],
    status: 200,
    // With a number or a town of its own, an address is a street.
    arrange({ address, ...sent }) {
      const inParts = PARTS.some((part) => sent[part] !== undefined);
      return { ...sent, ...(address !== undefined && { [inParts ? 'street' : 'address']: address }) };
    },
  },
  {
    method: 'POST',
    path: '/reservations',
    document: DoorReserveDocument,
    takes: {
      ...inInput('contractCode', 'propertyId', 'buildingId', 'apartment', 'name', 'address', 'observation'),
      ...PORT,
      ...PLACE,
    },
    lift: CLIENT,
    status: 201,
  },
  contract('GET', '', DoorContractDocument, { code: 'contractCode' }),
  contract('PATCH', '', DoorUpdateDocument, inInput('name', 'observation', 'expectedObservation')),
  {
    ...contract('PUT', '/state', DoorDeclareDocument, inInput('state', 'at', 'name', 'observation')),
    // The contract is there, in CNT: it is the map that does not have its client.
    refusals: { NOT_FOUND: 409 },
  },
  contract('POST', '/activation', DoorActivateDocument, {}),
  contract(
    'POST',
    '/cancellation',
    DoorCancelDocument,
    inInput('disconnectDrop', 'contractWasActive', 'planFingerprint'),
  ),
  contract('POST', '/withdrawal', DoorWithdrawDocument, {}),
  contract('POST', '/port', DoorChangePortDocument, PORT),
  contract('POST', '/relocation', DoorRelocateDocument, {
    ...inInput('propertyId', 'address', 'keepOldProperty', 'disconnectDrop'),
    ...PORT,
    ...PLACE,
  }),
  contract('POST', '/transfer', DoorTransferDocument, inInput('newContractCode', 'name', 'observation')),
  contract('POST', '/reservation-extension', DoorExtendReservationDocument, inInput('until')),
  {
    method: 'GET',
    path: '/contracts/{code}/operations',
    document: DoorOperationsDocument,
    takes: { code: 'contractCode', first: 'first', after: 'after' },
    lift: ['node', 'pageInfo'],
    status: 200,
  },
  {
    method: 'GET',
    path: '/operations/{id}',
    document: DoorOperationDocument,
    takes: { id: 'id' },
    lift: [],
    status: 200,
  },
  {
    method: 'POST',
    path: '/ozloc-links',
    document: DoorOzlocLinkDocument,
    takes: {
      ...inInput('contractCode', 'address', 'name', 'tags', 'relocate', 'openerOrigin', 'returnUrl', 'state'),
      ...PLACE,
    },
    lift: [],
    status: 201,
  },
];

function contract(
  method: DoorRoute['method'],
  what: string,
  document: DoorRoute['document'],
  takes: DoorRoute['takes'],
): DoorRoute {
  return {
    method,
    path: `/contracts/{code}${what}`,
    document,
    takes: { ...CODE, ...takes },
    lift: CLIENT,
    status: 200,
  };
}

function inInput(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `input.${name}`]));
}
