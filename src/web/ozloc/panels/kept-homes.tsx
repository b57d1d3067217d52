import { Icon } from '../../shared/components/icon.js';
import { distanceM, type LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { KeptHome } from '../state/state.js';
import { useOzloc } from './context.js';

/** Within this the home may be the client's own: what the seller should see before any box. */
const HERE_M = 30;

/** A home on offer and how far from the client it stands; null: OZmap does not tell where. */
export interface NearHome {
  home: KeptHome;
  distanceM: number | null;
}

/** Homes by their distance: those that may be the client's own, and the others. */
export function nearHomes(homes: readonly KeptHome[], from: LatLng): { here: NearHome[]; near: NearHome[] } {
  const all = homes.map((home) => {
    const at = located(home);
    return { home, distanceM: at && distanceM(from, at) };
  });
  const far = ({ distanceM }: NearHome) => distanceM ?? Number.POSITIVE_INFINITY;
  all.sort((a, b) => far(a) - far(b));
  return { here: all.filter((home) => far(home) <= HERE_M), near: all.filter((home) => far(home) > HERE_M) };
}

/** Homes nearby whose client left and whose drop is still there: the quickest sale of all. */
export function KeptHomes({ where, homes }: { where: 'here' | 'near'; homes: readonly NearHome[] }) {
  const { i18n, dispatch } = useOzloc();
  if (homes.length === 0) return null;
  return (
    <section aria-labelledby={`homes-${where}`}>
      <h2 id={`homes-${where}`}>{i18n.t(`home.${where}`)}</h2>
      <ul class="choices">
        {homes.map(({ home, distanceM }) => (
          <li key={home.id}>
            <button
              type="button"
              class="choice home"
              title={i18n.t('home.use')}
              onClick={() => dispatch({ type: 'sale.chosen', choice: { kind: 'home', propertyId: home.id } })}
            >
              <Icon name="home" />
              <span>{home.address ?? i18n.t('home.noAddress')}</span>
              <span class="number muted">{distanceM !== null && distanceM >= 1 && i18n.metres(distanceM)}</span>
              <strong class="small drop-there">
                {home.box ? i18n.t('home.offer', { box: home.box.name }) : i18n.t('home.offerNoBox')}
              </strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
