import { connect, disconnect, disconnectFibers } from '../rules/connect.js';
import { propertiesOfClientCode } from '../rules/property-view.js';
import { design, updateStructure } from '../rules/structure.js';
import { topology } from '../rules/topology.js';
import { viabilityByPoles, viabilityByRadius } from '../rules/viability/search.js';
import { bodyOf, changing, idIn, reading } from './route.js';

/** Inferred: only that viability can also be asked for by poles is known, not under which route. */
const POLES_ROUTE = 'ftth-viability/poles';

/** Routes that query or change the plant beyond its records. */
export const plantRoutes = [
  reading('properties/client/:code', ({ store, params, caller }) =>
    propertiesOfClientCode(store, params.code ?? '', caller),
  ),
  changing('POST', 'cables/:id/fibers/disconnect', (tx, request) =>
    disconnectFibers(tx, idIn(request), request.caller),
  ),
  changing('POST', 'connect', (tx, request) => connect(tx, bodyOf(request), request.caller)),
  changing('POST', 'disconnect', (tx, request) => disconnect(tx, bodyOf(request), request.caller)),
  reading('base-boxes/:id/topology', (request) => topology(request.store, idIn(request), request.caller)),
  reading('base-boxes/:id/design', (request) => design(request.store, idIn(request), request.caller)),
  changing('PATCH', 'base-boxes/:id/structure', (tx, request) =>
    updateStructure(tx, idIn(request), bodyOf(request), request.caller),
  ),
  reading('ftth-viability/radius', ({ store, query, caller }) => viabilityByRadius(store, query, caller)),
  reading(POLES_ROUTE, ({ store, query, caller }) => viabilityByPoles(store, query, caller)),
];
