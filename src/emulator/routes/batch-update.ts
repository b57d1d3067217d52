import { parseFilter } from '../query/filter.js';
import { isObject } from '../query/json.js';
import { search } from '../query/search.js';
import { type AnyResource, Refused } from '../resource.js';
import { bodyOf, done, type Route } from './route.js';

/** `POST {route}/batch-update` with `{ update, filter }`: all that the filter finds, or none. Errors: 400 without a filter, or for a field that may not be set in bulk. */
export function batchUpdateRoute(resource: AnyResource): Route {
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
      await request.store.write((tx) => {
        for (const { record } of search(tx, resource, request.caller, conditions)) {
          resource.update?.(tx, record, update, request.caller);
        }
      });
      return done;
    },
  };
}
