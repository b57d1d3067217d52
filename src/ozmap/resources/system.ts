import { UpstreamRefusedError } from '../../errors/app-error.js';
import type { Api } from '../api.js';
import { near, POLE_QUESTIONS, POLE_WITHIN_M, VIABILITY_BY_POLES_ROUTE, viabilityTags } from '../assumptions.js';
import { encodeQuery } from '../filters.js';
import type { Ozmap, ViabilityAnswer, ViabilityQuery } from '../types.js';
import { readCondominium, readProject } from '../wire/plant.js';
import { readSystemConfig, readUser, readViability } from '../wire/system.js';

/** Asked with a token: is it known. Asked without: is OZmap there. */
export const AUTHENTICATED_ROUTE = 'authenticated';
/** More projects, tags, or gated communities, than a provider has. */
const ALL_ROWS = 1_000;

/** What is the same for every contract. Source: OZmap API v2, `authenticated`, `system-configs`, `projects`, `tags`, `horizontal-condominiums`. */
export function system(api: Api) {
  return {
    whoAmI: async () => readUser(await api.get(AUTHENTICATED_ROUTE, AUTHENTICATED_ROUTE, { unreadable: 'null' })),
    systemConfig: async () => readSystemConfig(await api.get('system-configs', 'system-configs')),
    findProjects: async () => (await api.list('projects', [], { limit: ALL_ROWS })).map(readProject),
    findTags: async () =>
      (await api.list('tags', [], { limit: ALL_ROWS })).map((row) => ({ id: row.id, name: row.text('name') })),
    findHorizontalCondominiums: async () =>
      (await api.list('horizontal-condominiums', [], { limit: ALL_ROWS })).map(readCondominium),
  } satisfies Partial<Ozmap>;
}

/** May this point be served, and from where. Source: OZmap API v2, `ftth-viability/radius`, integrator's guide "Feasibility". */
export function viability(api: Api) {
  return {
    viabilityByRadius: (query) => ask(api, 'ftth-viability/radius', query),
    viabilityByPoles: async (query) => {
      const answer = await askByPoles(api, query);
      // In pole mode the distance is the way along the poles: the drop's length, where the answer has no field of its own for it.
      return {
        ...answer,
        boxes: answer.boxes.map((box) => ({ ...box, dropLengthM: box.dropLengthM ?? box.distanceM })),
        refusedBoxes: answer.refusedBoxes.map((box) => ({ ...box, dropLengthM: box.dropLengthM ?? box.distanceM })),
      };
    },
  } satisfies Partial<Ozmap>;
}

/** By the point; by the nearest pole where OZmap refuses that. The only place that knows both. */
async function askByPoles(api: Api, query: ViabilityQuery): Promise<ViabilityAnswer> {
  try {
    return await ask(api, VIABILITY_BY_POLES_ROUTE, query);
  } catch (error) {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    const [pole] = await api.list('poles', [near(query.location, POLE_WITHIN_M)], {
      limit: 1,
      atMost: 1,
      select: 'name',
    });
    if (!pole) return { viable: false, boxes: [], refusedBoxes: [], propertyIds: [], buildings: [] };
    return ask(api, VIABILITY_BY_POLES_ROUTE, query, POLE_QUESTIONS.byPole(pole.id));
  }
}

async function ask(api: Api, route: string, query: ViabilityQuery, place?: string): Promise<ViabilityAnswer> {
  return readViability(route, await api.get(route, `${route}?${viabilityQuery(query, place)}`), query.location);
}

/** Without `radius`, OZmap's own configuration decides. */
function viabilityQuery({ location, radiusM, tags }: ViabilityQuery, place = POLE_QUESTIONS.byPoint(location)): string {
  const parts = [place];
  if (radiusM !== undefined) parts.push(`radius=${radiusM}`);
  if (tags && tags.length > 0) {
    const { name, value } = viabilityTags(tags);
    parts.push(`${name}=${encodeQuery(value)}`);
  }
  return parts.join('&');
}
