import { Icon } from '../../shared/components/icon.js';
import { useOzloc } from './context.js';

/** The title of a view that tells what was done. */
export function DoneHead({ id, title }: { id: string; title: string }) {
  return (
    <div class="done-head">
      <span class="done-mark" aria-hidden="true">
        <Icon name="check" size={26} />
      </span>
      <h2 id={id}>{title}</h2>
    </div>
  );
}

/** On to the next client; a page that came for one contract has nothing more to do. */
export function WhatNext() {
  const { state, i18n, dispatch } = useOzloc();
  if (state.contractFixed || state.mode === 'relocate') return <p class="muted small">{i18n.t('done.close')}</p>;
  return (
    <button type="button" class="button wide" onClick={() => dispatch({ type: 'sale.restarted' })}>
      {i18n.t('done.next')}
    </button>
  );
}
