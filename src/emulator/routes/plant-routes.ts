import { connect, disconnect, disconnectFibers } from '../rules/connect.js';
import { propertiesOfClientCode } from '../rules/property-view.js';
import { design, updateStructure } from '../rules/structure.js';
import { topology } from '../rules/topology.js';
import { viabilityByPoles, viabilityByRadius } from '../rules/viability/search.js';
import { bodyOf, ok, parameter, type Route, written } from './route.js';

/** Inferred: only that viability can also be asked for by poles is known, not under which route. */
const POLES_ROUTE = 'ftth-viability/poles';

/** Routes that query or change the plant beyond its records. */
export const plantRoutes: Route[] = [
  {
    method: 'GET',
    path: 'properties/client/:code',
    handle: (request) => ok(propertiesOfClientCode(request.store, parameter(request, 'code'), request.caller)),
  },
  {
    method: 'POST',
    path: 'cables/:id/fibers/disconnect',
    handle: (request) => written(request, (tx) => disconnectFibers(tx, parameter(request, 'id'), request.caller)),
  },
  {
    method: 'POST',
    path: 'connect',
    handle: (request) => written(request, (tx) => connect(tx, bodyOf(request), request.caller)),
  },
  {
    method: 'POST',
    path: 'disconnect',
    handle: (request) => written(request, (tx) => disconnect(tx, bodyOf(request), request.caller)),
  },
  {
    method: 'GET',
    path: 'base-boxes/:id/topology',
    handle: (request) => ok(topology(request.store, parameter(request, 'id'), request.caller)),
  },
  {
    method: 'GET',
    path: 'base-boxes/:id/design',
    handle: (request) => ok(design(request.store, parameter(request, 'id'), request.caller)),
  },
  {
    method: 'PATCH',
    path: 'base-boxes/:id/structure',
    handle: (request) =>
      written(request, (tx) => updateStructure(tx, parameter(request, 'id'), bodyOf(request), request.caller)),
  },
  {
    method: 'GET',
    path: 'ftth-viability/radius',
    handle: (request) => ok(viabilityByRadius(request.store, request.query, request.caller)),
  },
  {
    method: 'GET',
    path: POLES_ROUTE,
    handle: (request) => ok(viabilityByPoles(request.store, request.query, request.caller)),
  },
];
