import type { Api } from '../api.js';
import { DROP_ROUTE } from '../assumptions.js';
import type { Filter } from '../filters.js';
import type { Ozmap } from '../types.js';
import { readDrop, readFiber } from '../wire/cable.js';

type Cables = Pick<
  Ozmap,
  'findDropsByIds' | 'findDropsByBoxIds' | 'findFibersByDropIds' | 'disconnectDrop' | 'deleteDrop'
>;

const ONLY_DROPS: Filter[] = [{ property: 'kind', operator: '=', value: 'Drop' }];

/** Drop cables and their fibres. Source: OZmap API v2, `cables`, `fibers`; `fibers/disconnect` as in the guide "Client Disconnection". */
export function cables(api: Api): Cables {
  return {
    findDropsByIds: async (ids) => (await api.listByIds('cables', ids)).map(readDrop),
    findDropsByBoxIds: async (ids) =>
      (await api.listByIds('cables', ids, { property: 'boxA', rowsPerValue: 64, and: ONLY_DROPS })).map(readDrop),
    // A drop has one fibre, two at most.
    findFibersByDropIds: async (ids) =>
      (await api.listByIds('fibers', ids, { property: 'parent', rowsPerValue: 4 })).map(readFiber),
    disconnectDrop: (id) => api.write('POST', `cables/${encodeURIComponent(id)}/fibers/disconnect`),
    deleteDrop: (id) => api.write('DELETE', `${DROP_ROUTE}/${encodeURIComponent(id)}`),
  };
}
