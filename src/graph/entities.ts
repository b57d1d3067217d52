import { BadUserInputError } from '../errors/app-error.js';
import { boxReference } from './box/box.reference.js';
import { clientReference } from './client/client.reference.js';
import type { RequestContext } from './context.js';
import { operationReference } from './operation/operation.reference.js';
import { propertyReference } from './property/property.reference.js';
import type { ReferenceResolver } from './reference.js';
import { reservationReference } from './reservation/reservation.reference.js';

/** Every type that a router may ask for by its key. A test holds this against the schema's `@key`s. */
export const ENTITY_REFERENCES: Readonly<Record<string, ReferenceResolver>> = {
  Box: boxReference,
  Client: clientReference,
  IntegrationOperation: operationReference,
  Property: propertyReference,
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
