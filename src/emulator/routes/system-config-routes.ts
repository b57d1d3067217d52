import { type AnyResource, Refused } from '../resource.js';
import { updateRoute } from './resource-routes.js';
import { ok, type Route } from './route.js';

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
