/** A text without accents and capitals, in the base letters of whatever writing: `João` → `joao`. Spaces and signs stay as they are. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a text, composed (NFC), without the signs between them: `Silva, João` → `Silva`, `João`; of signs alone, the text itself. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [text.trim()];
}

/** A line that differs from others in accents, capitals and spaces only is the same: `  Rua  São João ` → `rua sao joao`. */
export function foldedLine(text: string): string {
  return folded(text).replace(/\s+/g, ' ').trim();
}

/** Digits that a number ends with, whatever stands before them: +55, a trunk's 0, an area code, the ninth digit of mobiles. */
const SUBSCRIBER_DIGITS = 8;

/** A telephone number as all its writings have it; null for what is none. */
export function subscriberOf(phone: string | null | undefined): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  return digits.length < SUBSCRIBER_DIGITS ? null : digits.slice(-SUBSCRIBER_DIGITS);
}
