import type { LogsState } from '../state/state.js';
import { headline } from '../words/sentences.js';
import type { Words } from '../words/words.js';
import { useLogs } from './context.js';

/** Says aloud what sighted people see change: how much was found, and what became of what was running. */
export function Announcer() {
  const { state, words } = useLogs();
  return (
    <p class="sr-only" role="status">
      {announcement(state, words)}
    </p>
  );
}

function announcement({ access, changed, loading, trouble, list }: LogsState, words: Words): string {
  if (access !== 'granted' || loading === 'first' || trouble !== null) return '';
  if (changed.length > 0) return changed.map((operation) => headline(words, operation)).join('. ');
  return words.plural('list.count', list.operations.length);
}
