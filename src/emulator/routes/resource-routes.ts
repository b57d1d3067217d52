import { parseFilter } from '../query/filter.js';
import { list, show } from '../query/list.js';
import { readShape } from '../query/query-options.js';
import { find, search } from '../query/search.js';
import type { Hit } from '../query/sort.js';
import { isObject } from '../query/values.js';
import { type AnyResource, type Body, type Caller, hidingProject, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';
import { type ApiRequest, bodyOf, changing, idIn, type Route, reading } from './route.js';

/** List, find, create, update, delete and batch-update of one resource, as far as it offers them. */
export function resourceRoutes(resource: AnyResource): Route[] {
  const { route, create, update, remove, batchFields } = resource;
  return [
    reading(route, (request) => list(resource, request)),
    reading(`${route}/:id`, (request) =>
      show(existing(request.store, resource, request), request, readShape(request.query)),
    ),
    ...(create ? [createRoute(resource, create)] : []),
    ...(update ? [updateRoute(resource)] : []),
    ...(remove
      ? [
          changing('DELETE', `${route}/:id`, (tx, request) =>
            remove(tx, existing(tx, resource, request).record, request.caller),
          ),
        ]
      : []),
    ...(batchFields ? [batchUpdateRoute(resource, batchFields)] : []),
  ];
}

/** `POST {route}`. Errors: 403 when the record would lie outside the projects that the caller sees. */
function createRoute(resource: AnyResource, create: NonNullable<AnyResource['create']>): Route {
  return {
    method: 'POST',
    path: resource.route,
    handle: async (request) => {
      const { store, caller } = request;
      const body = writable(request);
      const made = await store.write((tx) => {
        const record = create(tx, body, caller);
        assertSeen(resource, record, caller);
        return { _id: record.id, ...(resource.presentCreated ?? resource.present)(record, tx) };
      });
      return { status: 201, body: made };
    },
  };
}

/** `PATCH {route}/{id}`. Errors: 403 when the record would leave the projects that the caller sees. */
function updateRoute(resource: AnyResource): Route {
  return changing('PATCH', `${resource.route}/:id`, (tx, request) => {
    const body = writable(request);
    const { record } = existing(tx, resource, request);
    resource.update?.(tx, record, body, request.caller);
    const after = tx.get(resource.collection, record.id);
    if (after) assertSeen(resource, after, request.caller);
  });
}

/** `POST {route}/batch-update` with `{ update, filter }`: all that the filter finds, or none. Errors: 400 without a filter, or for a field that may not be set in bulk. */
function batchUpdateRoute(resource: AnyResource, allowed: readonly string[]): Route {
  return changing('POST', `${resource.route}/batch-update`, (tx, request) => {
    const { update, filter } = bodyOf(request);
    if (!isObject(update) || Object.keys(update).length === 0) throw new Refused(400, 'update: um objeto com campos');
    const refused = Object.keys(update).filter((field) => !allowed.includes(field));
    if (refused.length > 0)
      throw new Refused(400, `batch-update só altera ${allowed.join(', ')}: ${refused.join(', ')}`);
    const conditions = parseFilter(filter);
    if (conditions.length === 0) throw new Refused(400, 'batch-update exige um filter');
    for (const { record } of search(tx, resource, request.caller, conditions)) {
      resource.update?.(tx, record, update, request.caller);
    }
  });
}

/** The server's own fields: what a body says about them is ignored. */
const SERVER_FIELDS = ['id', '_id', '__v', 'createdAt', 'updatedAt', 'deletedAt', 'creatorData'];

/** What a body may write. Errors: 400 without an object; 403 when it names a project that is not the caller's. */
function writable(request: ApiRequest): Body {
  const { store, caller } = request;
  const given = Object.entries(bodyOf(request)).filter(([field]) => !SERVER_FIELDS.includes(field));
  const body: Body = Object.fromEntries(given);
  if (typeof body.project === 'string' && store.get('projects', body.project) && !caller.sees(body.project)) {
    throw new Refused(403, `Sem acesso ao projeto ${body.project}`);
  }
  return body;
}

/** Errors: 404 when there is no such record, or not for this caller. */
function existing(reader: Reader, resource: AnyResource, request: ApiRequest): Hit {
  const id = idIn(request).toLowerCase();
  const hit = find(reader, resource, request.caller, id);
  if (!hit) throw new Refused(404, `${resource.route}/${id} não encontrado`);
  return hit;
}

function assertSeen({ collection }: AnyResource, record: object, caller: Caller): void {
  const project = hidingProject(caller, collection, record);
  if (project !== undefined) throw new Refused(403, `Sem acesso ao projeto ${project}`);
}

/** The system's settings: one object without the list's envelope, changed by its id. */
export function systemConfigRoutes(resource: AnyResource): Route[] {
  return [
    reading(resource.route, ({ store }) => {
      for (const config of store.all('system-configs')) return resource.present(config, store);
      throw new Refused(404, 'Nenhuma configuração do sistema');
    }),
    updateRoute(resource),
  ];
}
