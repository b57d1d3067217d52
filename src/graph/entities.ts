import { parseContractCode } from '../domain/contract-code.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { FtthClient, Property as PropertyRecord } from '../ozmap/types.js';
import { assertUsable, isOzmapId } from './arguments.js';
import { boxFrom, buildingFrom } from './box/box.type.js';
import { clientFrom } from './client/client.type.js';
import { equipmentFrom } from './connection/connection.resolver.js';
import type { RequestContext } from './context.js';
import { findClient, type Loaders } from './loaders.js';
import { operationFrom } from './operation/operation.type.js';
import { poleFrom } from './pole/pole.resolver.js';
import { dropOf, propertyFrom } from './property/property.type.js';
import { prospectFrom } from './prospect/prospect.resolver.js';
import { reservationOf } from './reservation/reservation.type.js';
import { assertScopes, SCOPE_RULES, type ScopeRules } from './scopes.js';
import { splitterFrom } from './splitter/splitter.resolver.js';

/** What a router sends for an entity: its type's name and the fields of one of its keys, unchecked. */
type Representation = Readonly<Record<string, unknown>>;

/** Finds one entity by its representation. Reads through the request's loaders: 500 of them are one batch. */
export type ReferenceResolver = (representation: Representation, context: RequestContext) => Promise<object | null>;

/** A key that is text, or a number as some callers send it. Errors: BAD_USER_INPUT. */
function keyText(representation: Representation, field: string): string {
  const value = representation[field];
  assertUsable(value, field);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new BadUserInputError(`the key ${field} must be text`, [{ field }]);
}

/** By OZmap's id. What cannot be one is not there; a list with one in it would be refused as a whole by OZmap. */
function byOzmapId<T>(
  find: (id: string, loaders: Loaders) => Promise<T | null>,
  show: (record: T) => object | null,
  field = 'id',
): ReferenceResolver {
  return async (representation, { loaders }) => {
    const id = keyText(representation, field);
    const record = isOzmapId(id) ? await find(id, loaders) : null;
    return record && show(record);
  };
}

/** The client of a contract, shown. Errors: CONFLICT CODE_AMBIGUOUS. */
function byContractCode(show: (client: FtthClient) => object | null): ReferenceResolver {
  return async (representation, { loaders }) => {
    const client = await findClient(loaders, parseContractCode(keyText(representation, 'contractCode')));
    return client && show(client);
  };
}

const clientByCode = byContractCode(clientFrom);
const clientById = byOzmapId((id, { clients }) => clients.load(id), clientFrom, 'ozmapId');

/** The home at the end of a cable: who has none, or another drop, is no end of this one, and the cable no drop. */
async function homeOfDrop(id: string, { drops, properties }: Loaders): Promise<PropertyRecord | null> {
  const drop = await drops.load(id);
  const home = drop?.propertyId ? await properties.load(drop.propertyId) : null;
  return home?.dropId === id ? home : null;
}

/** Every type that a router may ask for by its key. A test holds this against the schema's `@key`s. */
export const ENTITY_REFERENCES: Readonly<Record<string, ReferenceResolver>> = {
  Box: byOzmapId((id, { boxes }) => boxes.load(id), boxFrom),
  Client: (representation, context) => {
    const byId = representation.contractCode === undefined && representation.ozmapId !== undefined;
    return (byId ? clientById : clientByCode)(representation, context);
  },
  // Under the same rights as the query: who wrote sees the operation in the command's answer, not everybody's by their ids.
  IntegrationOperation: async (representation, context) => {
    assertScopes(context, SCOPE_RULES.fields['Query.integrationOperation']);
    const record = await context.operationLoaders.byId.load(keyText(representation, 'id'));
    return record && operationFrom(record);
  },
  OzmapBuilding: byOzmapId((id, { buildings }) => buildings.load(id), buildingFrom),
  OzmapDrop: byOzmapId(homeOfDrop, dropOf),
  OzmapEquipment: byOzmapId((id, { equipment }) => equipment.load(id), equipmentFrom),
  OzmapPole: byOzmapId((id, { poles }) => poles.load(id), poleFrom),
  OzmapProperty: byOzmapId((id, { properties }) => properties.load(id), propertyFrom),
  OzmapProspect: byOzmapId((id, { prospects }) => prospects.load(id), prospectFrom),
  // Null once the client is active.
  Reservation: byContractCode(reservationOf),
  // Ports of others are not for sale, whatever is free on them.
  Splitter: byOzmapId(
    (id, { splitters }) => splitters.load(id),
    (record) => (record.isDrop ? splitterFrom(record) : null),
  ),
};

/** What a subgraph's entities are found by, and may be read with. */
interface EntityParts {
  references: Readonly<Record<string, ReferenceResolver>>;
  scopes: ScopeRules | null;
}

/**
 * Answers `_entities`. Written here because the library's own loses the whole list over one bad item: an unknown type, a missing key,
 * a frozen object. Here each item answers for itself; what is not there is null. After the one wait for all items, no macrotask may pass
 * before the loaders are asked, else they no longer ask for all at once.
 */
export function resolveEntities(
  representations: readonly unknown[],
  context: RequestContext,
  parts: EntityParts,
): Promise<object | null>[] {
  if (representations.length === 0) return [];
  const together = context.together();
  return representations.map((representation) => resolveEntity(representation, context, parts, together));
}

async function resolveEntity(
  representation: unknown,
  context: RequestContext,
  { references, scopes }: EntityParts,
  together: Promise<void>,
): Promise<object | null> {
  context.assertAdmitted();
  await together;
  if (typeof representation !== 'object' || representation === null || Array.isArray(representation)) {
    throw new BadUserInputError('a representation must be an object', [{ field: 'representations' }]);
  }
  const { __typename: typename, ...key } = representation as Record<string, unknown>;
  const resolve = typeof typename === 'string' && Object.hasOwn(references, typename) ? references[typename] : null;
  if (!resolve) throw new BadUserInputError('a representation must name an entity type', [{ field: '__typename' }]);
  assertScopes(context, scopes?.types[String(typename)]);
  context.touched.entity(String(typename));
  const entity = await resolve(key, context);
  return entity && { ...entity, __typename: typename };
}
