import type { Api } from '../api.js';
import { CONNECT_ROUTE, connectBody } from '../assumptions.js';
import type { Ozmap } from '../types.js';
import { readSplitter } from '../wire/box.js';

type Splitters = Pick<Ozmap, 'findSplittersByIds' | 'findSplittersByBoxIds' | 'connectFiber' | 'disconnectFiber'>;

/** Splitters and what is plugged into them. Source: OZmap API v2, `splitters`; `disconnect` as in the integrator's guide "Replace". */
export function splitters(api: Api): Splitters {
  return {
    findSplittersByIds: async (ids) => (await api.listByIds('splitters', ids)).map(readSplitter),
    findSplittersByBoxIds: async (ids) =>
      (await api.listByIds('splitters', ids, { property: 'parent', rowsPerValue: 8 })).map(readSplitter),
    connectFiber: (id, port, fiberId, kind = 'Splitter') =>
      api.write('POST', CONNECT_ROUTE, connectBody(id, kind.toLowerCase(), port, fiberId)),
    disconnectFiber: (id, fiberId, kind = 'Splitter') =>
      api.write('POST', 'disconnect', {
        elementA: { id, kind: kind.toLowerCase() },
        elementB: { id: fiberId, kind: 'fiber' },
      }),
  };
}
