import type { Words } from './words.js';

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
