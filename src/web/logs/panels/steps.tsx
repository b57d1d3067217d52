import { Icon } from '../../shared/components/icon.js';
import type { LoggedStep } from '../operations.js';
import { outcomeText, writeText } from '../words/sentences.js';
import { duration, timeOfDay } from '../words/times.js';
import { usePage } from './context.js';
import { outcomeMark } from './marks.js';

/** What was sent to OZmap for an operation, in its order. */
export function Steps({ steps }: { steps: readonly LoggedStep[] }) {
  const { words } = usePage();
  if (steps.length === 0) return <p class="muted">{words.say('steps.none')}</p>;
  return (
    <div class="steps">
      <h4>{words.say('steps.title')}</h4>
      <ol>
        {steps.map((step) => (
          <Step key={`${step.at} ${step.method} ${step.path}`} step={step} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step }: { step: LoggedStep }) {
  const { words } = usePage();
  const { method, path, status, durationMs, outcome, at } = step;
  const mark = outcomeMark(outcome);
  const measured = [
    status === null ? null : words.say('steps.answer', { status }),
    durationMs === null ? null : duration(words, durationMs),
  ].filter((part) => part !== null);
  return (
    <li class={mark.tone}>
      <span class="deed">
        {writeText(words, step)}:{' '}
        <span class="state">
          <Icon name={mark.icon} size={14} /> {outcomeText(words, outcome)}
        </span>
      </span>{' '}
      <code class="request">
        {method} {path}
      </code>{' '}
      <span class="measured muted small number">
        <time dateTime={at}>{timeOfDay(words, at)}</time>
        {measured.map((part) => ` · ${part}`)}
      </span>
    </li>
  );
}
