import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

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
