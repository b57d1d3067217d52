import { distanceM } from '../../domain/geo.js';
import { folded, wordsOf } from '../../domain/text.js';
import { UpstreamRefusedError, UpstreamShapeError } from '../../errors/app-error.js';
import type { Api } from '../api.js';
import { CLEARED_TEXT, dropPoles, EXTERNAL_ID, likeValue, near } from '../assumptions.js';
import type { ClientPatch, NewClient, NewProperty, NewProspect, Ozmap, PropertyPatch } from '../types.js';
import { readClient, readProperty } from '../wire/customers.js';
import { readProspect } from '../wire/plant.js';
import { WireRecord } from '../wire/record.js';

/**
 * Rows that carry this external id, for a writer that lost the answer. An OZmap that cannot be asked for it, or does not show it, has
 * none: then they are recognised by what else is known of them.
 */
async function findByExternalId(api: Api, route: string, externalId: string): Promise<WireRecord[]> {
  const rows = await orNone(api.listIn(route, EXTERNAL_ID, [externalId], { rowsPerValue: 1 }));
  return rows.filter((row) => row.text(EXTERNAL_ID) === externalId);
}

/** Of a list that OZmap may not take our filter for, what it shows. */
async function orNone(rows: Promise<WireRecord[]>): Promise<WireRecord[]> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof UpstreamRefusedError || error instanceof UpstreamShapeError) return [];
    throw error;
  }
}

/** What people write in words: found by some of them in whatever order. Whether accents matter is OZmap's. */
const IN_WORDS: readonly string[] = ['name', 'address'];

/** Rows with a text in a field, as far as they show it: an OZmap that did not understand the filter would answer with everybody. */
async function search(
  api: Api,
  route: string,
  { property, text, limit }: { property: string; text: string; limit: number },
): Promise<WireRecord[]> {
  const values = (IN_WORDS.includes(property) ? wordsOf(text) : [text]).map(likeValue);
  const filters = values.map((value) => ({ property, operator: 'like' as const, value }));
  const rows = await api.list(route, filters, { limit, atMost: limit });
  const [field = '', inner] = property.split('.');
  const shown = (row: WireRecord) => (inner === undefined ? row.text(field) : (row.child(field)?.text(inner) ?? null));
  return rows.filter((row) => values.every((value) => folded(shown(row) ?? '').includes(folded(value))));
}

const CLIENTS = 'ftth-clients';
const SEARCHED = ['code', 'name', 'onu.serial_number'] as const;

/** The subscribers. Source: OZmap API v2, `ftth-clients`. */
export function clients(api: Api) {
  return {
    findClientsByCodes: async (codes) =>
      (await api.listIn(CLIENTS, 'code', codes.filter(isCode), { rowsPerValue: 2 })).map(readClient),
    findClientsByIds: async (ids) => (await api.listByIds(CLIENTS, ids)).map(readClient),
    searchClients: async (text, limit) => {
      const found = SEARCHED.map((property) => search(api, CLIENTS, { property, text, limit }));
      return (await Promise.all(found)).flat().map(readClient);
    },
    createClient: (body) =>
      api.create(CLIENTS, newClientBody(body), (json) => readClient(WireRecord.of(CLIENTS, '', json))),
    updateClient: (id, patch) => api.write('PATCH', `${CLIENTS}/${encodeURIComponent(id)}`, clientPatch(patch)),
    deleteClient: (id) => api.write('DELETE', `${CLIENTS}/${encodeURIComponent(id)}`),
  } satisfies Partial<Ozmap>;
}

/** No client has the empty code; asking for it could match clients without one. */
function isCode(code: string): boolean {
  return code !== '';
}

// In all bodies: JSON leaves out what is undefined.

/** The client in `POST ftth-clients`, `POST properties` and `PATCH properties`. */
function newClientBody({ code, name, observation, implanted, extras }: NewClient): object {
  return { ...extras, code, name, observation, implanted };
}

function clientPatch({ code, name, observation, implanted, extras }: ClientPatch): object {
  return { ...extras, code, name: orCleared(name), observation: orCleared(observation), implanted };
}

function orCleared(text: string | null | undefined): string | undefined {
  return text === null ? CLEARED_TEXT : text;
}

const PROPERTIES = 'properties';
const BY_CODE_ROUTE = 'properties/client';

/** The subscribers' homes. Source: OZmap API v2, `properties` and `properties/client/{code}`. */
export function properties(api: Api) {
  const by = async (property: string, ids: readonly string[], rowsPerValue: number) =>
    (await api.listByIds(PROPERTIES, ids, { property, rowsPerValue })).map(readProperty);
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
      (await findByExternalId(api, PROPERTIES, externalId)).map(readProperty),
    searchProperties: async (text, limit) =>
      (await search(api, PROPERTIES, { property: 'address', text, limit })).map(readProperty),
    createProperty: (body) =>
      api.create(PROPERTIES, newPropertyBody(body), (json) => readProperty(WireRecord.of(PROPERTIES, '', json))),
    updateProperty: (id, patch) => api.write('PATCH', `${PROPERTIES}/${encodeURIComponent(id)}`, propertyPatch(patch)),
    deleteProperty: (id) => api.write('DELETE', `${PROPERTIES}/${encodeURIComponent(id)}`),
  } satisfies Partial<Ozmap>;
}

/** `force` is never sent: what else it overrides is unknown. */
function newPropertyBody({ address, observation, projectId, externalId, client, ...place }: NewProperty): object {
  return {
    address,
    observation,
    project: projectId,
    external_id: externalId,
    client: typeof client === 'object' ? newClientBody(client) : client,
    ...placeBody(place),
  };
}

function propertyPatch({ address, observation, client, clientId, ...place }: PropertyPatch): object {
  return {
    address: orCleared(address),
    observation: orCleared(observation),
    client: client ? newClientBody(client) : clientId,
    ...placeBody(place),
  };
}

function placeBody({ location, boxId, autoConnect, connectorId, port, poleId, dropPoleIds }: PropertyPatch): object {
  return {
    coords: location && [location.lng, location.lat],
    box: boxId,
    auto_connect: autoConnect,
    connector: connectorId,
    port,
    pole: poleId,
    drop_poles: dropPoleIds && dropPoles(dropPoleIds),
  };
}

const PROSPECTS = 'prospects';
/** Of leads around one door. */
const NEAR_ROWS = 200;

/** Leads: addresses that could not be served. Source: OZmap API v2, `prospects`. */
export function prospects(api: Api) {
  return {
    findProspectsByIds: async (ids) => (await api.listByIds(PROSPECTS, ids)).map(readProspect),
    findProspectsByCode: async (code) =>
      (await api.listIn(PROSPECTS, 'code', [code].filter(isCode), { rowsPerValue: 2 })).map(readProspect),
    findProspectsNear: async (at, radiusM) => {
      const rows = await orNone(api.list(PROSPECTS, [near(at, radiusM)], { limit: NEAR_ROWS, atMost: NEAR_ROWS }));
      // One that did not understand the filter answers with all of them.
      return rows.map(readProspect).filter(({ location }) => location && distanceM(location, at) <= radiusM);
    },
    findProspectsByExternalId: async (externalId) =>
      (await findByExternalId(api, PROSPECTS, externalId)).map(readProspect),
    createProspect: (body) =>
      api.create(PROSPECTS, prospectBody(body), (json) => readProspect(WireRecord.of(PROSPECTS, '', json))),
  } satisfies Partial<Ozmap>;
}

function prospectBody({ name, phone, address, observation, code, location, externalId }: NewProspect): object {
  return { name, phone, address, observation, code, coords: [location.lng, location.lat], external_id: externalId };
}
