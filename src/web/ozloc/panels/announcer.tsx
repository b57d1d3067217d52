import type { I18n } from '../../shared/i18n/i18n.js';
import type { OzlocState } from '../state/state.js';
import { useOzloc } from './context.js';

/** Says aloud what sighted people see change: the list that appeared, its nearest box. */
export function Announcer() {
  const { state, i18n } = useOzloc();
  return (
    <p class="sr-only" role="status">
      {announcement(state, i18n)}
    </p>
  );
}

function announcement({ viability, view, position, candidates }: OzlocState, i18n: I18n): string {
  if (view !== 'list') return '';
  if (candidates.length > 0) return i18n.plural('candidates.title', candidates.length);
  if (viability.status !== 'ready' || !viability.answer || !position) return '';
  const [nearest] = viability.answer.boxes;
  if (!nearest) return i18n.t('offers.announceNone');
  return i18n.t('offers.announce', {
    boxes: i18n.plural('verdict.viable', viability.answer.boxes.length),
    name: nearest.box.name,
    distance: i18n.metres(nearest.distanceM),
  });
}
