import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice, useKeptFocus } from '../../shared/components.js';
import { Button, Waiting } from '../../shared/controls.js';
import { codeOf } from '../../shared/graphql-client.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import {
  DELIVERY_STATES,
  type DeliveryFilters,
  type DeliveryList,
  readDeliveries,
  withNewestDeliveries,
} from '../state/deliveries.js';
import { usePage } from './context.js';
import { DeliveryRow } from './delivery-row.js';
import { Choice, SearchField } from './search-form.js';

const READ_EVERY_MS = 3_000;

/** What receivers were told, newest first, and what becomes of it. */
export function Deliveries({ filters, choose }: { filters: DeliveryFilters; choose(filters: DeliveryFilters): void }) {
  return (
    <>
      <Filters filters={filters} choose={choose} />
      <Found key={`${filters.state} ${filters.contract}`} filters={filters} />
    </>
  );
}

function Found({ filters }: { filters: DeliveryFilters }) {
  const { words } = usePage();
  const heading = useKeptFocus<HTMLHeadingElement>();
  const { list, trouble, loadingOlder, read, older } = useDeliveries(filters);
  return (
    <section class="results" aria-labelledby="deliveries-title" aria-busy={list === null && trouble === null}>
      <div class="results-head">
        <h2 id="deliveries-title" ref={heading} tabIndex={-1}>
          {list && list.deliveries.length > 0
            ? words.plural(list.hasOlder ? 'delivery.more' : 'delivery.count', list.deliveries.length)
            : words.t('delivery.title')}
        </h2>
      </div>
      {trouble !== null && (
        <Notice tone={list ? 'warn' : 'bad'} lead={words.t(list ? 'list.stale' : 'list.failed')} alert>
          <p>{troubleText(words, { code: trouble, reason: null, message: null })}</p>
        </Notice>
      )}
      {list === null && trouble === null && <Waiting text={words.t('list.loading')} />}
      {list && list.deliveries.length > 0 && (
        <ul class="operations">
          {list.deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} changed={read} />
          ))}
        </ul>
      )}
      {list?.deliveries.length === 0 && (
        <div class="empty">
          <p>
            <strong>{words.t('delivery.none')}</strong>
          </p>
          <p class="muted">{words.t('delivery.noneExplain')}</p>
        </div>
      )}
      {list?.hasOlder && (
        <Button look="wide" busy={loadingOlder} onClick={() => void older()}>
          {words.t(loadingOlder ? 'list.olderLoading' : 'list.older')}
        </Button>
      )}
    </section>
  );
}

/** Reads the list, and again every few seconds while the page can be seen. */
function useDeliveries(filters: DeliveryFilters) {
  const { client, tokenRefused } = usePage();
  const [list, setList] = useState<DeliveryList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const shown = useRef(0);
  shown.current = list?.deliveries.length ?? 0;
  const failed = (error: unknown) => {
    const code = codeOf(error);
    if (code === 'UNAUTHENTICATED') tokenRefused();
    else if (code !== 'ABORTED') setTrouble(code);
  };
  const reading = useRef<AbortController | null>(null);
  const read = async () => {
    reading.current?.abort();
    const mine = new AbortController();
    reading.current = mine;
    try {
      const newest = await readDeliveries(client, filters, { shown: shown.current, after: null }, mine.signal);
      if (mine.signal.aborted) return;
      setList((before) => (before ? withNewestDeliveries(before, newest) : newest));
      setTrouble(null);
    } catch (error) {
      failed(error);
    } finally {
      if (reading.current === mine) reading.current = null;
    }
  };
  const older = async () => {
    if (loadingOlder) return;
    setLoadingOlder(true);
    try {
      const more = await readDeliveries(client, filters, { shown: 0, after: list?.endCursor ?? null });
      setList((before) => ({ ...more, deliveries: [...(before?.deliveries ?? []), ...more.deliveries] }));
    } catch (error) {
      failed(error);
    }
    setLoadingOlder(false);
  };
  useEffect(() => {
    void read();
    const again = setInterval(() => {
      // What takes longer than that is waited for.
      if (document.visibilityState === 'visible' && reading.current === null) void read();
    }, READ_EVERY_MS);
    return () => {
      clearInterval(again);
      reading.current?.abort();
    };
  }, []);
  return { list, trouble, loadingOlder, read, older };
}

function Filters({ filters, choose }: { filters: DeliveryFilters; choose(filters: DeliveryFilters): void }) {
  const { words } = usePage();
  const [contract, setContract] = useState(filters.contract);
  useEffect(() => setContract(filters.contract), [filters.contract]);
  return (
    <search>
      <form
        class="filters of-deliveries"
        aria-label={words.t('delivery.search')}
        onSubmit={(event) => {
          event.preventDefault();
          choose({ ...filters, contract: contract.trim() });
        }}
      >
        <SearchField label={words.t('delivery.contract')} value={contract} onInput={setContract} />
        <Choice
          label={words.t('filter.state')}
          any={words.t('filter.anyState')}
          value={filters.state}
          options={DELIVERY_STATES.map((state) => [state, words.t(`delivery.only.${state}`)])}
          onChoice={(state) => choose({ ...filters, state })}
        />
      </form>
    </search>
  );
}
