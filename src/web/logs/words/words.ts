import { fill, type I18n, type Language, troubleText } from '../../shared/i18n/i18n.js';
import type { LoggedOperation, LoggedProblem, LoggedStep } from '../state/operation-list.js';
import { en } from './en.js';
import { pt } from './pt.js';

export type WordKey = keyof typeof pt;
type PluralStem = WordKey extends infer K ? (K extends `${infer Stem}_one` ? Stem : never) : never;

export const LOG_CATALOGUES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { pt, en };

/** Speaks one language: the sentences of this page, and through `i18n` those that all pages share. */
export interface Words {
  readonly i18n: I18n;
  say(key: WordKey, values?: Record<string, string | number>): string;
  /** Singular or plural, with `{count}`. */
  plural(stem: PluralStem, count: number): string;
  has(key: string): key is WordKey;
}

export function createWords(i18n: I18n): Words {
  const catalogue = LOG_CATALOGUES[i18n.language];
  const say: Words['say'] = (key, values) => fill(catalogue[key], values);
  return {
    i18n,
    say,
    plural: (stem, count) => say(`${stem}_${count === 1 ? 'one' : 'other'}`, { count }),
    has: (key): key is WordKey => Object.hasOwn(catalogue, key),
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `agora`, `há 3 min`, `há 5 h`; older than a day: the day and the time. */
export function ago(words: Words, at: string, nowMs: number): string {
  const passedMs = nowMs - Date.parse(at);
  if (passedMs < MINUTE_MS) return words.say('ago.now');
  if (passedMs < HOUR_MS) return words.say('ago.minutes', { count: Math.floor(passedMs / MINUTE_MS) });
  if (passedMs < DAY_MS) return words.say('ago.hours', { count: Math.floor(passedMs / HOUR_MS) });
  return dateTime(words, at, nowMs);
}

/** Day and time, without the year while it is this one. */
export function dateTime({ i18n }: Words, at: string, nowMs: number): string {
  const date = new Date(at);
  const thisYear = date.getFullYear() === new Date(nowMs).getFullYear();
  const day = new Intl.DateTimeFormat(i18n.locale, {
    day: '2-digit',
    month: i18n.language === 'pt' ? '2-digit' : 'short',
    ...(thisYear ? {} : { year: 'numeric' as const }),
  });
  return `${day.format(date)} ${clock(i18n.locale, date, false)}`;
}

/** The time of day, to the second. */
export function timeOfDay({ i18n }: Words, at: string | number): string {
  return clock(i18n.locale, new Date(at), true);
}

/** `85 ms`, `1,4 s`. */
export function duration({ i18n }: Words, ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  const format = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 });
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

/** `Reserva de porta do contrato 900001`. */
export function subjectOf(words: Words, { action, contractCode }: LoggedOperation): string {
  const key = `action.${action}`;
  const name = words.has(key) ? words.say(key) : words.say('action.other', { action });
  return contractCode === null ? name : words.say('line.ofContract', { action: name, code: contractCode });
}

/** `por demo (maria)`. */
export function byWhom(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.say('line.bySystem') : words.say('line.by', { actor: personOf(operation) });
}

export function actorName(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.say('detail.system') : personOf(operation);
}

/** `api-cnt (maria)`: the token's owner, then the person in CNT, whose name cannot leave its brackets. */
export function personOf({ actor, cntUser }: { actor: string; cntUser: string | null }): string {
  return cntUser === null ? actor : `${actor} (${cntUser.replace(/[()[\],]+/g, ' ').trim()})`;
}

/** `Reserva de porta do contrato 900001: feita`, to be said aloud. */
export function headline(words: Words, operation: LoggedOperation): string {
  return `${subjectOf(words, operation)}: ${words.say(`state.${operation.state}`)}`;
}

/** Why an operation did not do what was asked. OZmap's own words are listed below it, as a fact of their own. */
export function problemText(words: Words, { code, reason, message, details }: LoggedProblem): string {
  return troubleText(words.i18n, { code, reason, message, details: details.filter(({ field }) => field !== 'ozmap') });
}

/** What a value of a problem is called; what we do not know as it is. */
export function fieldText(words: Words, field: string): string {
  const key = `field.${field}`;
  return words.has(key) ? words.say(key) : field;
}

/** What a step came to, in words; what we do not know as it is. */
export function outcomeText(words: Words, outcome: string): string {
  const key = `outcome.${outcome}`;
  return words.has(key) ? words.say(key) : outcome;
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
  if (last === 'disconnect') return words.say(first === 'cables' ? 'write.disconnectDrop' : 'write.disconnect');
  if (last === 'connect') return words.say('write.connect');
  const key = `write.${DEEDS[method]}.${THINGS[first]}`;
  return words.say(words.has(key) ? key : 'write.other');
}
