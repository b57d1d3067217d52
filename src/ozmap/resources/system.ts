import type { Api } from '../api.js';
import { VIABILITY_BY_POLES_ROUTE, viabilityTags } from '../assumptions.js';
import { encodeQuery } from '../filters.js';
import type { Ozmap } from '../types.js';
import { readCondominium, readProject } from '../wire/plant.js';
import { readSystemConfig, readUser, readViability } from '../wire/system.js';

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

type Viability = Pick<Ozmap, 'viabilityByRadius' | 'viabilityByPoles'>;
type Query = Parameters<Viability['viabilityByRadius']>[0];

/** May this point be served, and from where. Source: OZmap API v2, `ftth-viability/radius`, integrator's guide "Feasibility". */
export function viability(api: Api): Viability {
  const ask = async (route: string, query: Query) =>
    readViability(route, await api.get(route, `${route}?${viabilityQuery(query)}`), query.location);
  return {
    viabilityByRadius: (query) => ask('ftth-viability/radius', query),
    viabilityByPoles: async (query) => {
      const answer = await ask(VIABILITY_BY_POLES_ROUTE, query);
      // In pole mode the distance is the way along the poles: the drop's length, where the answer has no field of its own for it.
      return {
        ...answer,
        boxes: answer.boxes.map((box) => ({ ...box, dropLengthM: box.dropLengthM ?? box.distanceM })),
        refusedBoxes: answer.refusedBoxes.map((box) => ({ ...box, dropLengthM: box.dropLengthM ?? box.distanceM })),
      };
    },
  };
}

/** Without `radius`, OZmap's own configuration decides. */
function viabilityQuery({ location, radiusM, tags }: Query): string {
  const parts = [`lat=${location.lat}`, `lng=${location.lng}`];
  if (radiusM !== undefined) parts.push(`radius=${radiusM}`);
  if (tags && tags.length > 0) {
    const { name, value } = viabilityTags(tags);
    parts.push(`${name}=${encodeQuery(value)}`);
  }
  return parts.join('&');
}
