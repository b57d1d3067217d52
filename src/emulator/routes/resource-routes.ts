import { parseFilter } from '../query/filter.js';
import { list, show } from '../query/list.js';
import { readShape } from '../query/query-options.js';
import { find, search } from '../query/search.js';
import type { Hit } from '../query/sort.js';
import { isObject } from '../query/values.js';
import { type AnyResource, type Body, type Caller, hidingProject, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';
import { type ApiRequest, bodyOf, ok, parameter, type Route, written } from './route.js';

/** `POST {route}/batch-update` with `{ update, filter }`: all that the filter finds, or none. Errors: 400 without a filter, or for a field that may not be set in bulk. */
function batchUpdateRoute(resource: AnyResource): Route {
  const allowed = resource.batchFields ?? [];
  return {
    method: 'POST',
    path: `${resource.route}/batch-update`,
    handle: async (request) => {
      const { update, filter } = bodyOf(request);
      if (!isObject(update) || Object.keys(update).length === 0) throw new Refused(400, 'update: um objeto com campos');
      const refused = Object.keys(update).filter((field) => !allowed.includes(field));
      if (refused.length > 0)
        throw new Refused(400, `batch-update só altera ${allowed.join(', ')}: ${refused.join(', ')}`);
      const conditions = parseFilter(filter);
      if (conditions.length === 0) throw new Refused(400, 'batch-update exige um filter');
      return written(request, (tx) => {
        for (const { record } of search(tx, resource, request.caller, conditions)) {
          resource.update?.(tx, record, update, request.caller);
        }
      });
    },
  };
}

/** The server's own fields: what a body says about them is ignored. */
const SERVER_FIELDS = ['id', '_id', '__v', 'createdAt', 'updatedAt', 'deletedAt', 'creatorData'];

/** List, find, create, update, delete and batch-update of one resource, as far as it offers them. */
export function resourceRoutes(resource: AnyResource): Route[] {
  const { route } = resource;
  const routes: Route[] = [
    { method: 'GET', path: route, handle: (request) => ok(list(resource, { ...request, reader: request.store })) },
    { method: 'GET', path: `${route}/:id`, handle: (request) => ok(findById(resource, request)) },
  ];
  if (resource.create) routes.push(createRoute(resource));
  if (resource.update) routes.push(updateRoute(resource));
  if (resource.remove) {
    routes.push({
      method: 'DELETE',
      path: `${route}/:id`,
      handle: (request) =>
        written(request, (tx) => resource.remove?.(tx, existing(tx, resource, request).record, request.caller)),
    });
  }
  if (resource.batchFields?.length) routes.push(batchUpdateRoute(resource));
  return routes;
}

/** `PATCH {route}/{id}`. Errors: 403 when the record would leave the projects that the caller sees. */
function updateRoute(resource: AnyResource): Route {
  return {
    method: 'PATCH',
    path: `${resource.route}/:id`,
    handle: async (request) => {
      const body = writable(bodyOf(request));
      assertGranted(request.store, body.project, request.caller);
      return written(request, (tx) => {
        const { record } = existing(tx, resource, request);
        resource.update?.(tx, record, body, request.caller);
        const after = tx.get(resource.collection, record.id);
        if (after) assertSeen(resource, after, request.caller);
      });
    },
  };
}

/** A body without the fields that only the server sets. */
function writable(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !SERVER_FIELDS.includes(field)));
}

function findById(resource: AnyResource, request: ApiRequest): Body {
  const hit = existing(request.store, resource, request);
  return show(hit, { ...request, reader: request.store }, readShape(request.query));
}

/** `POST {route}`. Errors: 403 when the record would lie outside the projects that the caller sees. */
function createRoute(resource: AnyResource): Route {
  return {
    method: 'POST',
    path: resource.route,
    handle: async (request) => {
      const body = writable(bodyOf(request));
      assertGranted(request.store, body.project, request.caller);
      const made = await request.store.write((tx) => {
        const record = resource.create?.(tx, body, request.caller);
        if (!record) throw new Error(`${resource.route} are not created`);
        assertSeen(resource, record, request.caller);
        return { _id: record.id, ...(resource.presentCreated ?? resource.present)(record, tx) };
      });
      return { status: 201, body: made };
    },
  };
}

/** Errors: 404 when there is no such record, or not for this caller. */
function existing(reader: Reader, resource: AnyResource, request: ApiRequest): Hit {
  const id = parameter(request, 'id').toLowerCase();
  const hit = find(reader, resource, request.caller, id);
  if (!hit) throw new Refused(404, `${resource.route}/${id} não encontrado`);
  return hit;
}

/** Errors: 403 when the body names a project that is not the caller's. */
function assertGranted(reader: Reader, project: unknown, caller: Caller): void {
  if (typeof project !== 'string' || caller.sees(project) || !reader.get('projects', project)) return;
  throw new Refused(403, `Sem acesso ao projeto ${project}`);
}

function assertSeen({ collection }: AnyResource, record: object, caller: Caller): void {
  const project = hidingProject(caller, collection, record);
  if (project !== undefined) throw new Refused(403, `Sem acesso ao projeto ${project}`);
}

/** The system's settings: one object without the list's envelope, changed by its id. */
export function systemConfigRoutes(resource: AnyResource): Route[] {
  return [
    {
      method: 'GET',
      path: resource.route,
      handle: ({ store }) => {
        for (const config of store.all('system-configs')) return ok(resource.present(config, store));
        throw new Refused(404, 'Nenhuma configuração do sistema');
      },
    },
    updateRoute(resource),
  ];
}
