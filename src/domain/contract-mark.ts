const KINDS = ['cancelado', 'mudou de endereço', 'mudou de titular'] as const;
/** What became of a contract in a home that it left. */
type MarkKind = (typeof KINDS)[number];

/** `[CNT 123] cancelado 2025-03-09`: the line that a contract leaves in the observation of its home. */
export interface ContractMark {
  kind: MarkKind;
  code: string;
  /** As `dayOf` writes it; null: whatever the day. */
  day: string | null;
}

const MARKS = new RegExp(`^\\[CNT (.+)\\] (?:${KINDS.join('|')}) \\d`, 'gm');

/** `2025-03-09`, the day that it is then in this time zone. */
export function dayOf(time: Date, timeZone: string): string {
  // Swedes write their days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(time);
}

/** The line. */
export function markText({ day, ...mark }: ContractMark & { day: string }): string {
  return `${beginning(mark)}${day}`;
}

/** True when the observation holds this mark. A whole token: that of `12` is not found in `[CNT 123]`. */
export function hasMark(observation: string | null, { day, ...mark }: ContractMark): boolean {
  return observation?.includes(`${beginning(mark)}${day ?? ''}`) ?? false;
}

/** The contract of the last mark in an observation, or null. */
export function lastMarked(observation: string | null): string | null {
  const marks = observation?.matchAll(MARKS) ?? [];
  return [...marks].at(-1)?.[1] ?? null;
}

/** The observation with the mark as its last line, in place of that of an earlier day. */
export function withMark(observation: string | null, mark: ContractMark & { day: string }): string {
  return hasMark(observation, mark) ? (observation ?? '') : withLine(withoutMark(observation, mark), markText(mark));
}

/** The observation without the line that a mark appended, whatever its day; other lines stay. */
export function withoutMark(observation: string | null, mark: Pick<ContractMark, 'kind' | 'code'>): string | null {
  const lines = (observation ?? '').split('\n');
  const others = lines.filter((line) => !line.startsWith(beginning(mark)));
  if (others.length === lines.length) return observation;
  return others.length === 0 ? null : others.join('\n');
}

/** The observation as it was before a mark: without its line, with the one of an earlier day where that stood there `before`. */
export function withMarkOf(before: string | null, observation: string | null, mark: ContractMark): string | null {
  const others = withoutMark(observation, mark);
  if (others === withoutMark(before, mark)) return before;
  const earlier = before?.split('\n').find((line) => line.startsWith(beginning(mark)));
  return earlier === undefined ? others : withLine(others, earlier);
}

function withLine(observation: string | null, line: string): string {
  const text = observation ?? '';
  return text.trim() === '' ? line : `${text}\n${line}`;
}

function beginning({ kind, code }: Pick<ContractMark, 'kind' | 'code'>): string {
  return `[CNT ${code}] ${kind} `;
}
