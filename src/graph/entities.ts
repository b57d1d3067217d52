import { parseContractCode } from '../domain/contract-code.js';
import { BadUserInputError } from '../errors/app-error.js';
import { assertUsable, isOzmapId } from './arguments.js';
import { boxFrom } from './box/box.type.js';
import { clientFrom } from './client/client.type.js';
import type { RequestContext } from './context.js';
import { findClient } from './loaders.js';
import { operationFrom } from './operation/operation.type.js';
import { propertyFrom } from './property/property.type.js';
import { reservationOf } from './reservation/reservation.type.js';

/** What a router sends for an entity: its type's name and the fields of one of its keys, unchecked. */
export type Representation = Readonly<Record<string, unknown>>;

/** Finds one entity by its representation. Reads through the request's loaders: 500 of them are one batch. */
export type ReferenceResolver = (representation: Representation, context: RequestContext) => Promise<object | null>;

/** A key that is text, or a number as some callers send it. Errors: BAD_USER_INPUT. */
export function keyText(representation: Representation, field: string): string {
  const value = representation[field];
  assertUsable(value, field);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new BadUserInputError(`the key ${field} must be text`, [{ field }]);
}

/** A box by its id, as a router asks for it. */
export const boxReference: ReferenceResolver = async (representation, { loaders }) => {
  const id = keyText(representation, 'id');
  const record = isOzmapId(id) ? await loaders.boxes.load(id) : null;
  return record && boxFrom(record);
};

/** A client by contract code or by OZmap's id, as a router asks for it. */
export const clientReference: ReferenceResolver = async (representation, { loaders }) => {
  if (representation.contractCode === undefined && representation.ozmapId !== undefined) {
    const id = keyText(representation, 'ozmapId');
    const record = isOzmapId(id) ? await loaders.clients.load(id) : null;
    return record && clientFrom(record);
  }
  const record = await findClient(loaders, parseContractCode(keyText(representation, 'contractCode')));
  return record && clientFrom(record);
};

/** An operation by its id, as a router asks for it; under the same rights as the query. */
export const operationReference: ReferenceResolver = async (representation, { operationsById }) => {
  const record = await operationsById.load(keyText(representation, 'id'));
  return record && operationFrom(record);
};

/** A home by its id, as a router asks for it. */
export const propertyReference: ReferenceResolver = async (representation, { loaders }) => {
  const id = keyText(representation, 'id');
  const record = isOzmapId(id) ? await loaders.properties.load(id) : null;
  return record && propertyFrom(record);
};

/** A reservation by contract code, as a router asks for it; null once the client is active. */
export const reservationReference: ReferenceResolver = async (representation, { loaders }) => {
  const client = await findClient(loaders, parseContractCode(keyText(representation, 'contractCode')));
  return client && reservationOf(client);
};

/** Every type that a router may ask for by its key. A test holds this against the schema's `@key`s. */
export const ENTITY_REFERENCES: Readonly<Record<string, ReferenceResolver>> = {
  Box: boxReference,
  Client: clientReference,
  IntegrationOperation: operationReference,
  OzmapProperty: propertyReference,
  Reservation: reservationReference,
};

/**
 * Answers `_entities`. Written here because the library's own loses the whole list over one bad item: an unknown type, a missing key,
 * a frozen object. Here each item answers for itself; what is not there is null. No macrotask may pass before the loaders are
 * asked, else they no longer ask for all at once.
 */
export function resolveEntities(
  representations: readonly unknown[],
  context: RequestContext,
): Promise<object | null>[] {
  return representations.map((representation) => resolveEntity(representation, context));
}

async function resolveEntity(representation: unknown, context: RequestContext): Promise<object | null> {
  context.assertAdmitted();
  if (typeof representation !== 'object' || representation === null || Array.isArray(representation)) {
    throw new BadUserInputError('a representation must be an object', [{ field: 'representations' }]);
  }
  const { __typename: typename, ...key } = representation as Record<string, unknown>;
  const resolve =
    typeof typename === 'string' && Object.hasOwn(ENTITY_REFERENCES, typename) ? ENTITY_REFERENCES[typename] : null;
  if (!resolve) throw new BadUserInputError('a representation must name an entity type', [{ field: '__typename' }]);
  const entity = await resolve(key, context);
  return entity && { ...entity, __typename: typename };
}
