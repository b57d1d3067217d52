import type { Api } from '../api.js';
import type { Ozmap } from '../types.js';
import { readProject } from '../wire/box.js';
import { readCondominium } from '../wire/place.js';
import { readSystemConfig, readUser } from '../wire/system.js';

/** Asked with a token: is it known. Asked without: is OZmap there. */
export const AUTHENTICATED_ROUTE = 'authenticated';
/** More projects, or gated communities, than a provider has. */
const ALL_ROWS = 1_000;

type System = Pick<Ozmap, 'whoAmI' | 'systemConfig' | 'findProjects' | 'findHorizontalCondominiums'>;

/** What is the same for every contract. Source: OZmap API v2, `authenticated`, `system-configs`, `projects`, `horizontal-condominiums`. */
export function system(api: Api): System {
  return {
    whoAmI: async () => readUser(await api.get(AUTHENTICATED_ROUTE, AUTHENTICATED_ROUTE, { unreadable: 'null' })),
    systemConfig: async () => readSystemConfig('system-configs', await api.get('system-configs', 'system-configs')),
    findProjects: async () => (await api.list('projects', [], { limit: ALL_ROWS })).map(readProject),
    findHorizontalCondominiums: async () =>
      (await api.list('horizontal-condominiums', [], { limit: ALL_ROWS })).map(readCondominium),
  };
}
