import { useEffect } from 'preact/hooks';
import { Notice, TextField, useViewFocus } from '../../shared/components.js';
import { Button } from '../../shared/controls.js';
import { chosenBuilding, chosenHome, isUnderWay, leavesHome, saleIssues } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { ApartmentField, SaleFacts } from './sale-facts.js';
import { BACK, CodeTaken, PortChoice, SubmissionNotice, ViewHead } from './view-parts.js';

/** What must be typed before anything is sold, in the order of the fields. */
const MISSING = [
  ['contractMissing', 'sale.contractMissing'],
  ['codeTaken', 'sale.codeTaken'],
  ['apartmentMissing', 'sale.apartmentMissing'],
  ['apartmentSold', 'sale.apartmentSold'],
  ['apartmentNew', 'flat.moveExplain'],
] as const;

/** What becomes of the home that an active client leaves, and of its port. */
function OldHome() {
  const { state, i18n, config, dispatch } = useOzloc();
  const { keepOldProperty, disconnectDrop } = state.form;
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  if (!leavesHome(state)) return null;
  return (
    <>
      <Check
        label={i18n.t('sale.keepOld')}
        checked={keepOldProperty}
        onChange={(checked) => change({ keepOldProperty: checked })}
      />
      {keepOldProperty && (
        <Check
          label={i18n.t('sale.freeOldPort')}
          checked={disconnectDrop ?? config.freesOldPort ?? false}
          onChange={(checked) => change({ disconnectDrop: checked })}
        />
      )}
    </>
  );
}

/** A box to tick, and what it stands for. */
function Check(props: { label: string; checked: boolean; onChange(checked: boolean): void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** What nothing that is typed here can mend. */
function Unsellable({ issues }: { issues: ReturnType<typeof saleIssues> }) {
  const { state, i18n } = useOzloc();
  const code = state.form.contractCode;
  return (
    <>
      {issues.includes('clientUnknown') && <Notice tone="bad" lead={i18n.t('sale.movingMissing', { code })} alert />}
      {issues.includes('boxGone') && <Notice tone="bad" lead={i18n.t('sale.boxGone')} alert />}
    </>
  );
}

/** The one button that sells, and what it waits for: said above it, so that it stays where it is when that goes. */
function Foot({ issues }: { issues: ReturnType<typeof saleIssues> }) {
  const { state, i18n } = useOzloc();
  const busy = isUnderWay(state.submission.status);
  const relocate = state.mode === 'relocate';
  const [, missing] = MISSING.find(([issue]) => issues.includes(issue)) ?? [];
  // A link's code is no seller's to change.
  const said = missing === 'sale.codeTaken' && state.contractFixed ? 'sale.codeTakenByLink' : missing;
  return (
    <div class="view-foot">
      <SubmissionNotice />
      <p class="muted small" id="sale-issue">
        {said && i18n.t(said)}
      </p>
      <Button
        type="submit"
        look="primary wide"
        busy={busy}
        aria-disabled={busy || issues.length > 0}
        aria-describedby="sale-issue"
      >
        {i18n.t(busy ? 'sale.sending' : relocate ? 'sale.confirmRelocate' : 'sale.confirm')}
      </Button>
    </div>
  );
}

/** What will be sold, for whom, and the one button that does it. */
export function Sale() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLFormElement>();
  const { form, submission, position, mode } = state;
  useEffect(() => effects.preparePoles(), []);
  // What is being typed stays in sight when what stands above it grows: with the poles comes a way along them.
  useEffect(() => {
    const field = document.activeElement;
    if (field instanceof HTMLInputElement) field.scrollIntoView({ block: 'nearest' });
  }, [state.poles]);
  const issues = saleIssues(state);
  const busy = isUnderWay(submission.status);
  const relocate = mode === 'relocate';
  const submit = (event: Event) => {
    event.preventDefault();
    if (issues.includes('contractMissing')) view.current?.querySelector<HTMLElement>('input')?.focus();
    void effects.submit();
  };
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  const isPinned = chosenHome(state) !== null || chosenBuilding(state) !== null;
  const unsure = position && position.accuracyM > 0 && !isPinned ? i18n.metres(position.accuracyM) : null;

  return (
    <form class="view" ref={view} onSubmit={submit} aria-labelledby="sale-title" noValidate>
      <ViewHead
        id="sale-title"
        title={i18n.t(relocate ? 'sale.titleRelocate' : 'sale.title')}
        leave={{
          label: i18n.t('app.back'),
          icon: BACK,
          disabled: busy,
          onClick: () => dispatch({ type: 'sale.left' }),
        }}
      />
      <SaleFacts />
      {unsure && submission.status === 'idle' && (
        <p class="small warn-text">{i18n.t('sale.notPinned', { distance: unsure })}</p>
      )}
      <Unsellable issues={issues} />
      <fieldset disabled={busy} class="fields">
        <TextField
          label={i18n.t('sale.contract')}
          value={form.contractCode}
          onInput={(contractCode) => change({ contractCode })}
          readOnly={state.contractFixed || relocate}
          maxLength={100}
          required
          focus
          {...(issues.includes('codeTaken') && { describedBy: 'code-taken' })}
        />
        <CodeTaken />
        <ApartmentField />
        {!relocate && (
          <TextField
            label={i18n.t('sale.name')}
            optional={i18n.t('sale.optional')}
            value={form.name}
            onInput={(name) => change({ name })}
            maxLength={200}
          />
        )}
        <TextField
          label={i18n.t('sale.address')}
          optional={i18n.t('sale.optional')}
          value={form.address}
          onInput={(address) => change({ address })}
        />
        {relocate ? (
          <OldHome />
        ) : (
          <TextField
            label={i18n.t('sale.observation')}
            optional={i18n.t('sale.optional')}
            value={form.observation}
            onInput={(observation) => change({ observation })}
            multiline
            maxLength={2000}
          />
        )}
        {state.choice?.kind === 'box' && <PortChoice key={state.choice.boxId} {...state.choice} />}
      </fieldset>
      <Foot issues={issues} />
    </form>
  );
}
