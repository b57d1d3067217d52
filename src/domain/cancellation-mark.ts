/** `[CNT 123] cancelado 2025-03-09`: the line that a cancellation leaves in the home's observation. Days count in the process's time zone. */
export function cancellationMark(code: string, day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${token(code)} cancelado ${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** True when the observation holds this code's mark, whatever its day. A whole token: `12` is not found in `[CNT 123]`. */
export function hasCancellationMark(observation: string | null, code: string): boolean {
  return observation?.includes(`${token(code)} cancelado `) ?? false;
}

/** The observation with the mark as its last line, once: what is there already stays as it is. */
export function withCancellationMark(observation: string | null, code: string, day: Date): string {
  const text = observation ?? '';
  if (hasCancellationMark(text, code)) return text;
  return text.trim() === '' ? cancellationMark(code, day) : `${text}\n${cancellationMark(code, day)}`;
}

function token(code: string): string {
  return `[CNT ${code}]`;
}
