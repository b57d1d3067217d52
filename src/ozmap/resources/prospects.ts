import type { Api } from '../api.js';
import type { NewProspect, Ozmap } from '../types.js';
import { readProspect } from '../wire/place.js';
import { WireRecord } from '../wire/record.js';
import { isCode } from './clients.js';
import { findByExternalId } from './external-id.js';

const ROUTE = 'prospects';

type Prospects = Pick<Ozmap, 'findProspectsByCode' | 'findProspectsByExternalId' | 'createProspect'>;

/** Leads: addresses that could not be served. Source: OZmap API v2, `prospects`. */
export function prospects(api: Api): Prospects {
  return {
    findProspectsByCode: async (code) =>
      (await api.listIn(ROUTE, 'code', [code].filter(isCode), { rowsPerValue: 2 })).map(readProspect),
    findProspectsByExternalId: async (externalId) => (await findByExternalId(api, ROUTE, externalId)).map(readProspect),
    createProspect: (body) =>
      api.create(ROUTE, createBody(body), (json) => readProspect(WireRecord.of(ROUTE, '', json))),
  };
}

function createBody({ location, ...texts }: NewProspect): object {
  // JSON leaves out what is undefined.
  const { name, phone, address, observation, code, externalId } = texts;
  return { name, phone, address, observation, code, coords: [location.lng, location.lat], external_id: externalId };
}
