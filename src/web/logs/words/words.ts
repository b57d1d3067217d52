import { type I18n, type Key, type Language, loadI18n, troubleText } from '../../shared/i18n/i18n.js';
import type { Delivery } from '../state/deliveries.js';
import type { LoggedOperation, LoggedProblem, LoggedStep, Names } from '../state/operation-list.js';
import type { pt } from './pt.js';

export type WordKey = keyof typeof pt;
/** Speaks one language: the sentences of this page, and those that all pages share. */
export type Words = I18n<Key | WordKey>;

/** Errors: throws when the language cannot be fetched. */
export function loadWords(language: Language): Promise<Words> {
  const own = language === 'pt' ? import('./pt.js').then(({ pt }) => pt) : import('./en.js').then(({ en }) => en);
  return loadI18n<WordKey>(language, own);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `agora`, `há 3 min`, `há 5 h`; older than a day: the day and the time. */
export function ago(words: Words, at: string, nowMs: number): string {
  const passedMs = nowMs - Date.parse(at);
  if (passedMs < MINUTE_MS) return words.t('ago.now');
  if (passedMs < HOUR_MS) return words.t('ago.minutes', { count: Math.floor(passedMs / MINUTE_MS) });
  if (passedMs < DAY_MS) return words.t('ago.hours', { count: Math.floor(passedMs / HOUR_MS) });
  return dateTime(words, at, nowMs);
}

/** Day and time, without the year while it is this one. */
export function dateTime({ language, locale }: Words, at: string, nowMs: number): string {
  const date = new Date(at);
  const thisYear = date.getFullYear() === new Date(nowMs).getFullYear();
  const day = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: language === 'pt' ? '2-digit' : 'short',
    ...(thisYear ? {} : { year: 'numeric' as const }),
  });
  return `${day.format(date)} ${clock(locale, date, false)}`;
}

/** The time of day, to the second. */
export function timeOfDay({ locale }: Words, at: string | number): string {
  return clock(locale, new Date(at), true);
}

/** `85 ms`, `1,4 s`. */
export function duration({ locale }: Words, ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return `${format.format(ms / 1000)}\u00a0s`;
}

function clock(locale: string, date: Date, seconds: boolean): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  }).format(date);
}

/** The actor of what the integration does by itself. */
const SYSTEM = 'system';

/** `Reserva de porta do contrato 900001`, `Cadastro de prospecto de Ana Lima`. */
export function subjectOf(words: Words, operation: LoggedOperation): string {
  const { action, contractCode } = operation;
  const name = words.find(`action.${action}`) ?? words.t('action.other', { action });
  if (contractCode !== null) return words.t('line.ofContract', { action: name, code: contractCode });
  const person = leadOf(operation);
  return person === null ? name : words.t('line.ofPerson', { action: name, person });
}

/** Of what is on no contract, whom it is about: the name that was given, else the telephone number; null once that is erased. */
function leadOf({ contractCode, changes }: LoggedOperation): string | null {
  if (contractCode !== null) return null;
  const given = (field: string) => changes?.find((change) => change.field === field)?.after || null;
  return given('name') ?? given('phone');
}

/** `por demo (maria)`. */
export function byWhom(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.t('line.bySystem') : words.t('line.by', { actor: personOf(operation) });
}

export function actorName(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.t('detail.system') : personOf(operation);
}

/** `api-cnt (maria)`: the token's owner, then the person in CNT, whose name cannot leave its brackets. */
export function personOf({ actor, cntUser }: { actor: string; cntUser: string | null }): string {
  return cntUser === null ? actor : `${actor} (${cntUser.replace(/[()[\],]+/g, ' ').trim()})`;
}

/** In what state it is, in a word. A lead that was asked for only if there was none, and was there, is not said to be made. */
export function stateText(words: Words, { action, state, steps }: LoggedOperation): string {
  const wasThere = action === 'prospect.create' && state === 'APPLIED' && steps.length === 0;
  return words.t(wasThere ? 'state.known' : `state.${state}`);
}

/** `Reserva de porta do contrato 900001: feita`, to be said aloud. */
export function headline(words: Words, operation: LoggedOperation): string {
  return `${subjectOf(words, operation)}: ${stateText(words, operation)}`;
}

/** `Cliente ativado, contrato 900001`. */
export function deliveryText(words: Words, { type, contractCode }: Pick<Delivery, 'type' | 'contractCode'>): string {
  const event = words.find(`event.${type}`) ?? type;
  return contractCode === null ? event : words.t('delivery.ofContract', { event, code: contractCode });
}

/** Why an operation did not do what was asked. OZmap's own words are listed below it, as a fact of their own. */
export function problemText(words: Words, { code, reason, message, details }: LoggedProblem): string {
  return troubleText(words, { code, reason, message, details: details.filter(({ field }) => field !== 'ozmap') });
}

/** What a value of a problem is called; what we do not know as it is. */
export function fieldText(words: Words, field: string): string {
  return words.find(`field.${field}`) ?? field;
}

/** What a step came to, in words; what we do not know as it is. */
export function outcomeText(words: Words, outcome: string): string {
  return words.find(`outcome.${outcome}`) ?? outcome;
}

type Change = NonNullable<LoggedOperation['changes']>[number];

/** `Nome: Ana → Ana Lima`, `Porta 3 → 7 em CTO 001-04`: what an operation was asked to change, each in a line. */
export function changesText(words: Words, changes: readonly Change[], { boxes }: Names): string[] {
  const port = changes.find(({ field }) => field === 'port');
  const box = changes.find(({ field }) => field === 'boxId');
  const isOneBox = port !== undefined && box !== undefined && box.before === box.after;
  return changes.flatMap((change) => {
    if (isOneBox && change === box) return [];
    const said = (value: string | null) => {
      if (value === null) return null;
      if (change.field === 'boxId') return boxes[value]?.name ?? value;
      return change.field === 'state' ? (words.find(`declared.${value}`) ?? value) : value;
    };
    const [before, after] = [said(change.before), said(change.after)];
    const moved = [before, after ?? words.t('changes.nothing')].filter((part) => part !== null).join(' → ');
    if (isOneBox && change === port)
      return [words.t('changes.port', { port: moved, box: boxes[box.after ?? '']?.name ?? box.after ?? '' })];
    return [`${fieldText(words, change.field)}: ${moved}`];
  });
}

/** `2026-11-24 09:00:00`, on the reader's clock: spreadsheets of every language take it for a time. */
function sheetTime(at: string): string {
  const date = new Date(at);
  // Swedes write their days as ISO 8601 does.
  return Number.isNaN(date.getTime()) ? at : `${date.toLocaleDateString('sv-SE')} ${date.toLocaleTimeString('sv-SE')}`;
}

/**
 * A sheet of these operations as Brazilian spreadsheets open it: UTF-8 with its mark, `;` between cells, none of them a formula. Times are the
 * reader's, whose zone the columns name.
 */
export function csvOf(words: Words, operations: readonly LoggedOperation[], names: Names): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const timed = (key: WordKey) => words.t('list.inZone', { column: words.t(key), zone: timeZone });
  const columns: [head: string, cellOf: (operation: LoggedOperation) => string][] = [
    [timed('detail.requested'), ({ requestedAt }) => sheetTime(requestedAt)],
    [words.t('filter.action'), ({ action }) => words.find(`action.${action}`) ?? action],
    [words.t('field.contractCode'), ({ contractCode }) => contractCode ?? ''],
    [words.t('field.client'), (one) => names.clients[one.contractCode ?? '']?.name ?? leadOf(one) ?? ''],
    [words.t('filter.state'), (one) => stateText(words, one)],
    [words.t('detail.actor'), (one) => actorName(words, one)],
    [words.t('changes.done'), ({ changes }) => changesText(words, changes ?? [], names).join(', ')],
    [timed('detail.finished'), ({ finishedAt }) => (finishedAt === null ? '' : sheetTime(finishedAt))],
    [words.t('detail.id'), ({ id }) => id],
  ];
  const rows = operations.map((operation) => columns.map(([, cellOf]) => cellOf(operation)));
  const lines = [columns.map(([head]) => head), ...rows].map((row) => row.map(cell).join(';'));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

const THINGS: Readonly<Record<string, string>> = {
  properties: 'property',
  'ftth-clients': 'client',
  drops: 'drop',
  prospects: 'prospect',
};
const DEEDS: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'change', PUT: 'change', DELETE: 'delete' };

/** `Criar o imóvel`, from method and path of a step. */
export function writeText(words: Words, { method, path }: Pick<LoggedStep, 'method' | 'path'>): string {
  const segments = (path.split('?')[0] ?? '').split('/').filter(Boolean);
  const [first = ''] = segments;
  const last = segments.at(-1);
  if (last === 'disconnect') return words.t(first === 'cables' ? 'write.disconnectDrop' : 'write.disconnect');
  if (last === 'connect') return words.t('write.connect');
  return words.find(`write.${DEEDS[method]}.${THINGS[first]}`) ?? words.t('write.other');
}
