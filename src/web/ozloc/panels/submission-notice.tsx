import { Notice } from '../../shared/components/notice.js';
import { troubleText } from '../../shared/i18n/trouble-text.js';
import { LOST_ON_THE_WAY } from '../state/lost.js';
import { useOzloc } from './context.js';

/** How the command is getting on. */
export function SubmissionNotice() {
  const { state, i18n } = useOzloc();
  const { status, trouble } = state.submission;
  if (status === 'waiting' && trouble) {
    const lost = LOST_ON_THE_WAY.has(trouble.code);
    return <Notice tone="warn" lead={i18n.t(lost ? 'sale.waitingConnection' : 'sale.waiting')} alert />;
  }
  if (status === 'refused' && trouble) return <Notice tone="bad" lead={troubleText(i18n, trouble)} alert />;
  return null;
}
