import type { ButtonHTMLAttributes, Ref } from 'preact';

const PATHS = {
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5V12l3 2',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.4 15.4 20 20',
  locate: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v3M12 19v3M2 12h3M19 12h3',
  check: 'M5 12.5 10 17.5 19 7.5',
  alert: 'M12 7.5v6M12 16.8v.2M12 3 22 20.5H2Z',
  cross: 'M6.5 6.5 17.5 17.5M17.5 6.5 6.5 17.5',
  undo: 'M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3',
  pencil: 'M4 20h4L19.5 8.5a2.1 2.1 0 0 0-4-4L4 16v4ZM13.5 6.5l4 4',
  route: 'M6 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 17h6a3 3 0 0 0 0-6h-4a3 3 0 0 1 0-6h6',
  home: 'M4 11.5 12 5l8 6.5M6.5 10v9.5h11V10M10 19.5v-5h4v5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.6v.2',
} as const;

/** Of one that all pages share, or its path: what one page alone draws, no other loads. */
export type IconName = keyof typeof PATHS | `M${string}`;

/** A line icon beside a text that says the same; never read aloud. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={name in PATHS ? PATHS[name as keyof typeof PATHS] : name} />
    </svg>
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  type?: 'button' | 'submit';
  /** Its classes beside `button`: `primary`, `quiet`, `wide`. */
  look?: string;
  /** What it began is on its way: it shows so, and is not to be pressed again. */
  busy?: boolean;
  /** The element, for whoever gives it the focus. */
  at?: Ref<HTMLButtonElement>;
}

/** A button, by itself none that sends a form. */
export function Button({ type = 'button', look, busy, at, children, ...others }: ButtonProps) {
  return (
    <button type={type} class={look ? `button ${look}` : 'button'} ref={at ?? null} aria-disabled={busy} {...others}>
      {busy && <span class="spinner" />}
      {children}
    </button>
  );
}

/** Of a button without words. */
export interface IconButtonProps extends ButtonProps {
  /** Null: what it began is on its way. */
  icon: IconName | null;
  label: string;
}

/** Its `label` is read aloud, and shown to a pointer that rests on it. */
export function IconButton({ icon, label, look, ...others }: IconButtonProps) {
  return (
    <Button look={look ? `${look} icon` : 'icon'} aria-label={label} title={label} {...others}>
      {icon === null ? <span class="spinner" /> : <Icon name={icon} />}
    </Button>
  );
}

/** Something is on its way: what, where the page does not say it already. */
export function Waiting({ text }: { text?: string }) {
  return (
    <p class="muted status-line">
      <span class="spinner" /> {text}
    </p>
  );
}
