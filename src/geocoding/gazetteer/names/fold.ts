/**
 * Brings text to the letters that people type without thinking: capitals, no accents, words parted by one space.
 * Apostrophes join (`D'Alva` → `DALVA`), every other sign parts (`CEL.AMERICO` → `CEL AMERICO`).
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’´`]/g, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/** The words of a text, folded. */
export function foldedWords(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
}
