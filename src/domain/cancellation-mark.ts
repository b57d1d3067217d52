/** `[CNT 123] cancelado 2025-03-09`: the line that a cancellation leaves in the home's observation. Days count in the process's time zone. */
export function cancellationMark(code: string, day: Date): string {
  return `${token(code)} cancelado ${dayText(day)}`;
}

/** `[CNT 123] mudou de endereço 2025-03-09`: the line that an address change leaves in the home that was left. */
function relocationMark(code: string, day: Date): string {
  return `${token(code)} mudou de endereço ${dayText(day)}`;
}

/** True when the observation holds this code's mark, whatever its day. A whole token: `12` is not found in `[CNT 123]`. */
export function hasCancellationMark(observation: string | null, code: string): boolean {
  return observation?.includes(`${token(code)} cancelado `) ?? false;
}

/** The observation with the mark as its last line, once: what is there already stays as it is. */
export function withCancellationMark(observation: string | null, code: string, day: Date): string {
  if (hasCancellationMark(observation, code)) return observation ?? '';
  return withLine(observation, cancellationMark(code, day));
}

/** True when the home tells already that this contract moved away. */
export function hasRelocationMark(observation: string | null, code: string): boolean {
  return observation?.includes(`${token(code)} mudou de endereço `) ?? false;
}

/** The observation with the relocation's mark as its last line, once. */
export function withRelocationMark(observation: string | null, code: string, day: Date): string {
  if (hasRelocationMark(observation, code)) return observation ?? '';
  return withLine(observation, relocationMark(code, day));
}

/** The observation without the line that a cancellation appended; other lines, also earlier marks of the same code, stay. */
export function withoutLastCancellationMark(observation: string | null, code: string): string | null {
  const lines = (observation ?? '').split('\n');
  const at = lines.findLastIndex((line) => line.startsWith(`${token(code)} cancelado `));
  if (at < 0) return observation;
  lines.splice(at, 1);
  return lines.length === 0 ? null : lines.join('\n');
}

function withLine(observation: string | null, line: string): string {
  const text = observation ?? '';
  return text.trim() === '' ? line : `${text}\n${line}`;
}

function token(code: string): string {
  return `[CNT ${code}]`;
}

function dayText(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
