import type { Api } from '../api.js';
import { CLEARED_TEXT } from '../assumptions.js';
import type { ClientPatch, NewClient, Ozmap } from '../types.js';
import { readClient } from '../wire/client.js';
import { WireRecord } from '../wire/record.js';

const ROUTE = 'ftth-clients';

type Clients = Pick<
  Ozmap,
  'findClientsByCodes' | 'findClientsByIds' | 'createClient' | 'updateClient' | 'deleteClient'
>;

/** The subscribers. Source: OZmap API v2, `ftth-clients`. */
export function clients(api: Api): Clients {
  return {
    findClientsByCodes: async (codes) =>
      (await api.listIn(ROUTE, 'code', codes.filter(isCode), { rowsPerValue: 2 })).map(readClient),
    findClientsByIds: async (ids) => (await api.listByIds(ROUTE, ids)).map(readClient),
    createClient: (body) =>
      api.create(ROUTE, newClientBody(body), (json) => readClient(WireRecord.of(ROUTE, '', json))),
    updateClient: (id, patch) => api.write('PATCH', `${ROUTE}/${encodeURIComponent(id)}`, patchBody(patch)),
    deleteClient: (id) => api.write('DELETE', `${ROUTE}/${encodeURIComponent(id)}`),
  };
}

/** No client has the empty code; asking for it could match clients without one. */
export function isCode(code: string): boolean {
  return code !== '';
}

/** The client in `POST ftth-clients`, `POST properties` and `PATCH properties`. */
export function newClientBody({ code, name, observation, implanted }: NewClient): object {
  return {
    code,
    ...(name === undefined ? {} : { name }),
    ...(observation === undefined ? {} : { observation }),
    implanted,
  };
}

function patchBody({ code, name, observation, implanted }: ClientPatch): object {
  return {
    ...(code === undefined ? {} : { code }),
    ...(name === undefined ? {} : { name: name ?? CLEARED_TEXT }),
    ...(observation === undefined ? {} : { observation: observation ?? CLEARED_TEXT }),
    ...(implanted === undefined ? {} : { implanted }),
  };
}
