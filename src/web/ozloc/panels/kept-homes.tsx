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

/** Homes by their distance, and whether one of them may be the client's own. */
export function nearHomes(homes: readonly KeptHome[], from: LatLng): { homes: NearHome[]; here: boolean } {
  const near = homes.map((home) => {
    const at = located(home);
    return { home, distanceM: at && distanceM(from, at) };
  });
  near.sort((a, b) => (a.distanceM ?? Number.POSITIVE_INFINITY) - (b.distanceM ?? Number.POSITIVE_INFINITY));
  return { homes: near, here: (near[0]?.distanceM ?? Number.POSITIVE_INFINITY) <= HERE_M };
}

/** Homes nearby whose client left and whose drop is still there: the quickest sale of all. */
export function KeptHomes({ homes, here }: { homes: readonly NearHome[]; here: boolean }) {
  const { i18n, dispatch } = useOzloc();
  if (homes.length === 0) return null;
  return (
    <section aria-labelledby="homes-title">
      <h2 id="homes-title">{i18n.t(here ? 'home.here' : 'home.near')}</h2>
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
              <span class="number muted">{distanceM !== null && i18n.metres(distanceM)}</span>
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
