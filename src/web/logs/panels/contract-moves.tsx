import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Notice, TextField } from '../../shared/components.js';
import { Button } from '../../shared/controls.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import { useUntil } from '../../shared/until.js';
import type { Move } from '../effects/effects.js';
import type { NamedClient } from '../state/operation-list.js';
import type { Retry } from '../state/state.js';
import { dateTime, problemText } from '../words/words.js';
import { usePage } from './context.js';

interface ContractMovesProps {
  code: string;
  client: NamedClient;
  nowMs: number;
}

/** What may still be done for a contract: its reservation holds longer, or another contract takes it over. */
export function ContractMoves({ code, client, nowMs }: ContractMovesProps) {
  const { words } = usePage();
  const { reservation } = client;
  const [asked, setAsked] = useState<Move['kind'] | null>(null);
  const close = () => setAsked(null);
  if (asked !== null) {
    return asked === 'extend' ? (
      <Extension code={code} expiresAt={reservation?.expiresAt ?? null} nowMs={nowMs} onClose={close} />
    ) : (
      <Transfer code={code} onClose={close} />
    );
  }
  return (
    <div class="moves">
      {reservation && (
        <Button look="quiet" onClick={() => setAsked('extend')}>
          {words.t('move.extend')}
        </Button>
      )}
      <Button look="quiet" onClick={() => setAsked('transfer')}>
        {words.t('move.transfer')}
      </Button>
    </div>
  );
}

function Extension(props: { code: string; expiresAt: string | null; nowMs: number; onClose(): void }) {
  const { words } = usePage();
  const { code, expiresAt, nowMs, onClose } = props;
  const { field, until } = useUntil(expiresAt, nowMs);
  const move = (): Move | null => (until === null ? null : { kind: 'extend', input: { contractCode: code, until } });
  return (
    <MoveForm title={words.t('move.extend')} move={move} onClose={onClose}>
      <p class="muted">
        {expiresAt === null
          ? words.t('move.forever')
          : words.t('move.expires', { until: dateTime(words, expiresAt, nowMs) })}
      </p>
      {field(words.t('move.until'), words.t('move.past'))}
    </MoveForm>
  );
}

function Transfer({ code, onClose }: { code: string; onClose(): void }) {
  const { words } = usePage();
  const [newCode, setNewCode] = useState('');
  const [name, setName] = useState('');
  const move = (): Move | null => {
    const holder = name.trim() === '' ? {} : { name: name.trim() };
    if (newCode.trim() === '') return null;
    return { kind: 'transfer', input: { contractCode: code, newContractCode: newCode.trim(), ...holder } };
  };
  return (
    <MoveForm title={words.t('move.transfer')} move={move} onClose={onClose}>
      <p class="muted">{words.t('move.transferExplain', { code })}</p>
      <TextField
        label={words.t('field.newContractCode')}
        value={newCode}
        onInput={setNewCode}
        maxLength={100}
        required
      />
      <TextField label={words.t('move.newName')} value={name} onInput={setName} maxLength={200} />
    </MoveForm>
  );
}

interface MoveFormProps {
  title: string;
  /** What the fields ask for; null while something is missing. */
  move(): Move | null;
  onClose(): void;
  children: ComponentChildren;
}

/** Asks once more before anything is sent. */
function MoveForm({ title, move, onClose, children }: MoveFormProps) {
  const { words, effects } = usePage();
  const [status, setStatus] = useState<Retry | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const wanted = move();
    if (!wanted || status?.status === 'sending') return;
    setStatus({ status: 'sending' });
    const refusal = await effects.move(wanted);
    setStatus(refusal);
    if (!refusal) onClose();
  };
  const sending = status?.status === 'sending';
  return (
    <form class="move" onSubmit={(event) => void submit(event)} aria-label={title} noValidate>
      <h4>{title}</h4>
      {children}
      {status?.status === 'refused' && (
        <Notice
          tone="bad"
          lead={
            status.problem
              ? problemText(words, status.problem)
              : troubleText(words, { code: status.code, reason: null, message: null })
          }
          alert
        />
      )}
      <div class="actions">
        <Button type="submit" look="primary" busy={sending} aria-disabled={sending || move() === null}>
          {words.t(sending ? 'move.sending' : 'move.confirm')}
        </Button>
        <Button disabled={sending} onClick={onClose}>
          {words.t('move.cancel')}
        </Button>
      </div>
    </form>
  );
}
