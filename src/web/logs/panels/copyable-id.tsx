import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.js';
import { usePage } from './context.js';

/** The number to give to whoever asks about an operation. Where the browser lets no page copy, it gets selected. */
export function CopyableId({ id }: { id: string }) {
  const { words } = usePage();
  const [said, setSaid] = useState('');
  const code = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setSaid(words.say('detail.copied'));
    } catch {
      if (code.current) getSelection()?.selectAllChildren(code.current);
      setSaid(words.say('detail.selected'));
    }
  };
  return (
    <span class="copyable">
      <code ref={code}>{id}</code>
      <button type="button" class="button quiet" onClick={() => void copy()}>
        <Icon name="copy" size={16} /> {words.say('detail.copy')}
      </button>
      <span class="small copied" role="status">
        {said}
      </span>
    </span>
  );
}
