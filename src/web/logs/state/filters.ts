import type { IntegrationOperationFilter, IntegrationOperationState } from '../../../generated/logs-operations.js';

/** What operations do, as the journal names it; the order of the list. */
export const ACTIONS = [
  'port.reserve',
  'contract.declare',
  'client.activate',
  'client.update',
  'client.cancel',
  'cancellation.undo',
  'reservation.extend',
  'reservation.withdraw',
  'port.change',
  'client.relocate',
  'client.transfer',
  'prospect.create',
] as const;
type ActionName = (typeof ACTIONS)[number];

/** States in which something still happens by itself. */
export const OPEN_STATES: readonly IntegrationOperationState[] = ['PENDING', 'QUEUED', 'UNKNOWN'];
/** `OPEN` means the three together. */
export const STATE_CHOICES = ['OPEN', 'FAILED', 'UNKNOWN', 'QUEUED', 'PENDING', 'REFUSED', 'APPLIED'] as const;
type StateChoice = (typeof STATE_CHOICES)[number];

export const PERIODS = ['hour', 'today', 'week', 'month', 'dates'] as const;
type Period = (typeof PERIODS)[number];

/** What the list is narrowed to; null is everything. */
export interface Filters {
  /** The one operation of this number; then nothing else counts. */
  operation: string;
  /** Part of a code, or what OZmap finds a client by. */
  search: string;
  /** Exactly this contract. */
  contract: string;
  /** Part of the name of the person in CNT. */
  person: string;
  state: StateChoice | null;
  action: ActionName | null;
  period: Period | null;
  /** Days as `2026-11-24`, of the reader's own clock; empty is open. Only with the period `dates`. */
  from: string;
  to: string;
}

export const NO_FILTERS: Filters = {
  operation: '',
  search: '',
  contract: '',
  person: '',
  state: null,
  action: null,
  period: null,
  from: '',
  to: '',
};

const NAMES = ['operation', 'search', 'contract', 'person', 'state', 'action', 'period', 'from', 'to'] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Reads the filters out of a page's query; what it does not know is left out. */
export function readFilters(query: string): Filters {
  const given = new URLSearchParams(query);
  const text = (name: (typeof NAMES)[number]) => given.get(name)?.trim() ?? '';
  const from = dayOf(text('from'));
  const to = dayOf(text('to'));
  const period = oneOf(PERIODS, text('period')) ?? (from || to ? 'dates' : null);
  const dated = period === 'dates' ? { from, to } : { from: '', to: '' };
  return {
    operation: isNumber(text('operation')) ? text('operation') : '',
    search: text('search'),
    contract: text('contract'),
    person: text('person'),
    state: oneOf(STATE_CHOICES, text('state')),
    action: oneOf(ACTIONS, text('action')),
    period,
    ...dated,
  };
}

/** The query for these filters: `''` or `?…`. Of what stood in the address before, only the language stays; never a token. */
export function queryOf(filters: Filters, before: string): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name];
    // The dates say by themselves that it is dates.
    if (value && !(name === 'period' && value === 'dates' && (filters.from || filters.to))) query.set(name, value);
  }
  const language = new URLSearchParams(before).get('lang');
  if (language) query.set('lang', language);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The filters as the journal takes them; periods end now, days are whole ones of the reader's clock. */
export function filterOf(filters: Filters, nowMs: number): IntegrationOperationFilter {
  const { search, contract, person, state, action } = filters;
  return {
    ...(contract === '' ? {} : { contractCode: contract }),
    ...(search === '' ? {} : searchOf(search)),
    ...(person === '' ? {} : { cntUser: person }),
    ...(state === null ? {} : { states: state === 'OPEN' ? [...OPEN_STATES] : [state] }),
    ...(action === null ? {} : { actions: [action] }),
    ...periodOf(filters, nowMs),
  };
}

/** What is typed has digits where it is a code; without any, or where it looks like a telephone number, a client or a lead is looked for. */
function searchOf(text: string): IntegrationOperationFilter {
  if (text.length < 2) return { contractCode: text };
  return text.length > 2 && (!/\d/.test(text) || isPhone(text)) ? { client: text } : { contractCodePart: text };
}

/** Written with signs that no code has alone, or with its area code: `99876-1234`, `(31) 9876 1234`, `31998761234`. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /^\+?[\d\s().-]+$/.test(text) && digits <= 14 && digits >= (/^\d+$/.test(text) ? 10 : 8);
}

/** Whether OZmap is asked as well, for whom a name means. */
export function asksOzmap({ search }: Filters): boolean {
  return 'client' in searchOf(search);
}

/** Whether a text is the number of an operation. */
export function isNumber(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** True when something is narrowed. */
export function isNarrowed(filters: Filters): boolean {
  return NAMES.some((name) => Boolean(filters[name]));
}

function periodOf({ period, from, to }: Filters, nowMs: number): Pick<IntegrationOperationFilter, 'from' | 'to'> {
  const since = (ms: number) => ({ from: new Date(ms).toISOString() });
  switch (period) {
    case 'hour':
      return since(nowMs - HOUR_MS);
    case 'today':
      return since(new Date(nowMs).setHours(0, 0, 0, 0));
    case 'week':
      return since(nowMs - 7 * DAY_MS);
    case 'month':
      return since(nowMs - 30 * DAY_MS);
    case 'dates':
      return {
        ...(from === '' ? {} : since(new Date(`${from}T00:00:00`).getTime())),
        ...(to === '' ? {} : { to: new Date(`${to}T23:59:59.999`).toISOString() }),
      };
    default:
      return {};
  }
}

function dayOf(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}

function oneOf<T extends string>(choices: readonly T[], text: string): T | null {
  return choices.find((choice) => choice === text) ?? null;
}
