import { UpstreamShapeError } from '../../errors/app-error.js';
import type { Api } from '../api.js';
import { CLEARED_TEXT, dropPoles } from '../assumptions.js';
import type { NewProperty, Ozmap, PropertyPatch } from '../types.js';
import { readProperty } from '../wire/property.js';
import { WireRecord } from '../wire/record.js';
import { isCode, newClientBody } from './clients.js';
import { findByExternalId } from './external-id.js';

const ROUTE = 'properties';
const BY_CODE_ROUTE = 'properties/client';

type Properties = Pick<
  Ozmap,
  | 'findPropertiesByClientCode'
  | 'findPropertiesByIds'
  | 'findPropertiesByClientIds'
  | 'findPropertiesByBoxIds'
  | 'findPropertiesByExternalId'
  | 'createProperty'
  | 'updateProperty'
  | 'deleteProperty'
>;

/** The subscribers' homes. Source: OZmap API v2, `properties` and `properties/client/{code}`. */
export function properties(api: Api): Properties {
  const by = async (property: string, ids: readonly string[], rowsPerValue: number) =>
    (await api.listByIds(ROUTE, ids, { property, rowsPerValue })).map(readProperty);
  return {
    findPropertiesByClientCode: async (code) => {
      // `.` and `..` would be taken for steps in the path, encoded or not.
      if (!isCode(code) || code === '.' || code === '..') return [];
      const path = `${BY_CODE_ROUTE}/${encodeURIComponent(code.toWellFormed())}`;
      const json = await api.get(BY_CODE_ROUTE, path, { missing: 'null' });
      if (json === null) return [];
      if (!Array.isArray(json)) throw new UpstreamShapeError(BY_CODE_ROUTE, '[]');
      return json.map((element) => readProperty(WireRecord.of(BY_CODE_ROUTE, '[]', element)));
    },
    findPropertiesByIds: (ids) => by('id', ids, 1),
    findPropertiesByClientIds: (ids) => by('client', ids, 2),
    // A box serves 8 to 64 homes.
    findPropertiesByBoxIds: (ids) => by('box', ids, 64),
    findPropertiesByExternalId: async (externalId) =>
      (await findByExternalId(api, ROUTE, externalId)).map(readProperty),
    createProperty: (body) =>
      api.create(ROUTE, createBody(body), (json) => readProperty(WireRecord.of(ROUTE, '', json))),
    updateProperty: (id, patch) => api.write('PATCH', `${ROUTE}/${encodeURIComponent(id)}`, patchBody(patch)),
    deleteProperty: (id) => api.write('DELETE', `${ROUTE}/${encodeURIComponent(id)}`),
  };
}

/** `force` is never sent: nobody knows what else it overrides. */
function createBody(body: NewProperty): object {
  return {
    ...(body.address === undefined ? {} : { address: body.address }),
    ...(body.observation === undefined ? {} : { observation: body.observation }),
    ...(body.projectId === undefined ? {} : { project: body.projectId }),
    ...(body.externalId === undefined ? {} : { external_id: body.externalId }),
    box: body.boxId,
    coords: [body.location.lng, body.location.lat],
    ...(body.client === undefined
      ? {}
      : { client: typeof body.client === 'string' ? body.client : newClientBody(body.client) }),
    auto_connect: body.autoConnect,
    ...connectionBody(body),
  };
}

function patchBody(patch: PropertyPatch): object {
  const client = patch.client ? newClientBody(patch.client) : patch.clientId;
  return {
    ...(patch.address === undefined ? {} : { address: patch.address ?? CLEARED_TEXT }),
    ...(patch.observation === undefined ? {} : { observation: patch.observation ?? CLEARED_TEXT }),
    ...(patch.location === undefined ? {} : { coords: [patch.location.lng, patch.location.lat] }),
    ...(patch.boxId === undefined ? {} : { box: patch.boxId }),
    ...(client === undefined ? {} : { client }),
    ...(patch.autoConnect === undefined ? {} : { auto_connect: patch.autoConnect }),
    ...connectionBody(patch),
  };
}

function connectionBody(body: Pick<PropertyPatch, 'connectorId' | 'port' | 'dropPoleIds'>): object {
  return {
    ...(body.connectorId === undefined ? {} : { connector: body.connectorId }),
    ...(body.port === undefined ? {} : { port: body.port }),
    ...(body.dropPoleIds === undefined ? {} : { drop_poles: dropPoles(body.dropPoleIds) }),
  };
}
