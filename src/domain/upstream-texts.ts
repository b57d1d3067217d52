/**
 * Guess: no sample of OZmap's refusals was ever seen (reference/ozmap.md 3.4). That a code is taken is first looked up; this only tells it
 * where the other client is of a project that the token does not see. A correction belongs here and nowhere else.
 */
export function saysCodeInUse(upstreamMessage: string | undefined): boolean {
  const text = (upstreamMessage ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    (/\b(code|codigo)\b/.test(text) &&
      /(exist|in use|taken|duplic|unique|em uso|utilizad|usad|cadastrad)/.test(text)) ||
    /e11000|duplicate key.*code/.test(text)
  );
}

/** Guess: what OZmap answers when a drop is longer than the caller may sell. */
export function saysDropTooLong(upstreamMessage: string | undefined): boolean {
  return /drop/i.test(upstreamMessage ?? '') && /(too long|longer|longo|limit|max|exce)/i.test(upstreamMessage ?? '');
}
