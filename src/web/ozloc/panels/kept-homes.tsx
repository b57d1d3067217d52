import { Icon } from '../../shared/components/icon.js';
import type { KeptHome } from '../state/state.js';
import { useOzloc } from './context.js';

/** Homes nearby whose client left and whose drop is still there: the quickest sale of all. */
export function KeptHomes({ homes }: { homes: readonly KeptHome[] }) {
  const { i18n, dispatch } = useOzloc();
  if (homes.length === 0) return null;
  return (
    <section aria-labelledby="homes-title">
      <h2 id="homes-title">{i18n.t('home.title')}</h2>
      <ul class="choices">
        {homes.map((home) => (
          <li key={home.id}>
            <button
              type="button"
              class="choice home"
              title={i18n.t('home.use')}
              onClick={() => dispatch({ type: 'sale.chosen', choice: { kind: 'home', propertyId: home.id } })}
            >
              <Icon name="home" />
              <span>{home.address ?? i18n.t('home.noAddress')}</span>
              <strong class="small">
                {home.box ? i18n.t('home.offer', { box: home.box.name }) : i18n.t('home.offerNoBox')}
              </strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
