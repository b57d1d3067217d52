import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Icon, type IconName } from './controls.js';
import type { I18n } from './i18n/i18n.js';
import type { PageConfig } from './page-config.js';

/**
 * Puts the focus where a view begins: its first `data-autofocus` field that is still empty, else its heading. Keyboard and screen reader go on
 * from there, and no phone's keyboard comes up for what is filled in already.
 */
export function useViewFocus<Element extends HTMLElement>() {
  const view = useRef<Element>(null);
  // Before the view is seen: the first letter is typed into it, however quick a hand is.
  useLayoutEffect(() => {
    const heading = view.current?.querySelector<HTMLElement>('h2');
    const fields = view.current?.querySelectorAll<HTMLInputElement>('[data-autofocus]:not([readonly])') ?? [];
    const first = [...fields].find(({ value }) => value === '') ?? heading;
    if (first === heading) heading?.setAttribute('tabindex', '-1');
    // The view begins at its top all the same: what is being confirmed stands above the first field.
    first?.focus({ preventScroll: true });
  }, []);
  return view;
}

/**
 * When what had the focus leaves the page (the token's form, a row that the search no longer finds, a button that has done its work), the
 * keyboard goes on from here.
 */
export function useKeptFocus<Kept extends HTMLElement>() {
  const here = useRef<Kept>(null);
  const held = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (document.activeElement === document.body) here.current?.focus({ preventScroll: true });
    const remember = ({ target }: FocusEvent) => {
      held.current = target as Element;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useLayoutEffect(() => {
    if (held.current && !held.current.isConnected && document.activeElement === document.body) {
      here.current?.focus({ preventScroll: true });
    }
  });
  return here;
}

const ICONS: Record<Tone, IconName> = { ok: 'check', warn: 'alert', bad: 'cross', plain: 'info' };
type Tone = 'ok' | 'warn' | 'bad' | 'plain';

/** One thing to know, with what to do about it. `alert` reads it aloud at once. */
export function Notice(props: { tone: Tone; lead: string; alert?: boolean; children?: ComponentChildren }) {
  return (
    <div class={`notice ${props.tone}`} role={props.alert ? 'alert' : undefined}>
      <Icon name={ICONS[props.tone]} />
      <div class="body">
        <p class="lead">{props.lead}</p>
        {props.children}
      </div>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onInput(value: string): void;
  /** Said after the label of a field that may stay empty. */
  optional?: string;
  error?: string | undefined;
  /** Id of what explains it. */
  describedBy?: string;
  readOnly?: boolean;
  multiline?: boolean;
  type?: 'text' | 'tel' | 'password';
  autoComplete?: string;
  inputMode?: 'text' | 'tel' | 'numeric' | 'decimal';
  required?: boolean;
  maxLength?: number;
  focus?: boolean;
}

/** A labelled line (or box) of text with its error. */
export function TextField(props: TextFieldProps) {
  const id = useId();
  const common = {
    id,
    value: props.value,
    readOnly: props.readOnly ?? false,
    autocomplete: props.autoComplete ?? 'off',
    maxLength: props.maxLength ?? 500,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': props.error ? `${id}-error` : props.describedBy,
    'aria-required': props.required ? ('true' as const) : undefined,
    'data-autofocus': props.focus ? '' : undefined,
  };
  return (
    <div class="field">
      <label for={id}>
        {props.label} {props.optional && <span class="optional">({props.optional})</span>}
      </label>
      {props.multiline ? (
        <textarea {...common} onInput={(event) => props.onInput(event.currentTarget.value)} />
      ) : (
        <input
          {...common}
          type={props.type ?? 'text'}
          inputMode={props.inputMode ?? 'text'}
          spellcheck={false}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
      {props.error && (
        <p class="error" id={`${id}-error`}>
          {props.error}
        </p>
      )}
    </div>
  );
}

/** The provider's logo where it has one, else the page's mark. */
export function BrandMark({ config: { brandLogo, brandName } }: { config: PageConfig }) {
  if (brandLogo) return <img class="brand-logo" src={brandLogo.url} alt={brandName ?? ''} />;
  return <span class="brand-mark" aria-hidden="true" />;
}

interface TokenProps {
  i18n: I18n;
  /** With the embedded OZmap only: the token that anyone may use. */
  demoToken: string | undefined;
  giveToken(token: string): void;
}

/** An API key in the address: refused, with what to use instead. */
export function KeyRefused(props: { i18n: I18n; instead: string; onDismiss(): void }) {
  const { i18n } = props;
  return (
    <Notice tone="bad" lead={i18n.t('key.refused')} alert>
      <p>{props.instead}</p>
      <div class="actions">
        <Button onClick={props.onDismiss}>{i18n.t('key.dismiss')}</Button>
      </div>
    </Notice>
  );
}

/** Asks for the token, which goes into the memory of the page and nowhere else. */
export function TokenForm(props: TokenProps & { refused: boolean; platformSignIn: boolean | undefined }) {
  const { i18n, demoToken, giveToken, refused, platformSignIn } = props;
  const [token, setToken] = useState('');
  const view = useViewFocus<HTMLFormElement>();
  const enter = (event: Event) => {
    event.preventDefault();
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <form class="gate" ref={view} onSubmit={enter} aria-labelledby="access-title">
      <h2 id="access-title">{i18n.t('access.title')}</h2>
      <p class="muted small">{i18n.t(platformSignIn ? 'access.explainPlatform' : 'access.explain')}</p>
      <TextField
        label={i18n.t(platformSignIn ? 'access.tokenPlatform' : 'access.token')}
        type="password"
        value={token}
        onInput={setToken}
        error={refused ? i18n.t('access.refused') : undefined}
        focus
      />
      <Button type="submit" look="primary wide">
        {i18n.t('access.enter')}
      </Button>
      <DemoToken i18n={i18n} demoToken={demoToken} giveToken={giveToken} />
    </form>
  );
}

/** With the embedded OZmap, one press instead of a token. */
export function DemoToken({ i18n, demoToken, giveToken }: TokenProps) {
  if (demoToken === undefined) return null;
  return (
    <div class="demo">
      <p class="muted small">{i18n.t('access.demoExplain')}</p>
      <Button look="wide" onClick={() => giveToken(demoToken)}>
        {i18n.t('access.demo')}
      </Button>
    </div>
  );
}
