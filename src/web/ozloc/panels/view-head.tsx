import { Icon, type IconName } from '../../shared/components/icon.js';

interface ViewHeadProps {
  /** Of the heading, by which its view is named. */
  id: string;
  title: string;
  /** What the button before the title says and does. */
  leave: { label: string; icon: IconName; disabled?: boolean; onClick(): void };
}

/** The title of a step, and the way back out of it. */
export function ViewHead({ id, title, leave }: ViewHeadProps) {
  return (
    <div class="view-head">
      <button
        type="button"
        class="button quiet icon"
        aria-label={leave.label}
        title={leave.label}
        disabled={leave.disabled ?? false}
        onClick={leave.onClick}
      >
        <Icon name={leave.icon} />
      </button>
      <h2 id={id}>{title}</h2>
    </div>
  );
}
