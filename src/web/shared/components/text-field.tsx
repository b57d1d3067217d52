import { useId } from 'preact/hooks';

interface TextFieldProps {
  label: string;
  value: string;
  onInput(value: string): void;
  /** Said after the label of a field that may stay empty. */
  optional?: string;
  error?: string | undefined;
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
    'aria-describedby': props.error ? `${id}-error` : undefined,
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
