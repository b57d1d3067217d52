import { useOzloc } from './context.js';

/** Name of the page, and whose sale it is. */
export function Brand() {
  const { state, i18n } = useOzloc();
  const { contractCode } = state.form;
  return (
    <header class="brand">
      <span class="brand-mark" aria-hidden="true" />
      <h1>OZloc</h1>
      <p class="muted small">{i18n.t(state.mode === 'relocate' ? 'app.relocate' : 'app.subtitle')}</p>
      {contractCode !== '' && state.contractFixed && <span class="chip number">{contractCode}</span>}
    </header>
  );
}
