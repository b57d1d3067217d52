/**
 * How a folded Brazilian word sounds, roughly: spellings that are heard alike become one (`LUIZ`/`LUIS`, `WALTER`/`VALTER`,
 * `THEODORO`/`TEODORO`, `SOUZA`/`SOUSA`, `EDWIGES`/`EDVIGES`, `BENJAMIM`/`BENJAMIN`). Numbers and letters that name a street stay as
 * they are written: `AA` is not `A`, and `CC` is not `K`.
 */
export function soundOf(word: string): string {
  if (isCode(word)) return word;
  return word
    .replace(/PH/g, 'F')
    .replace(/Y/g, 'I')
    .replace(/W/g, 'V')
    .replace(/QU(?=[EI])/g, 'K')
    .replace(/GU(?=[EI])/g, 'G#')
    .replace(/S?C(?=[EI])/g, 'S')
    .replace(/G(?=[EI])/g, 'J')
    .replace(/G#/g, 'G')
    .replace(/SH/g, 'X')
    .replace(/CH/g, 'X')
    .replace(/C/g, 'K')
    .replace(/Z/g, 'S')
    .replace(/([NL])H(?=[AEIOU])/g, '$1#')
    .replace(/H/g, '')
    .replace(/#/g, 'H')
    .replace(/(.)\1+/g, '$1')
    .replace(/N(?=[PB])/g, 'M')
    .replace(/[MN]$/, 'M');
}

/** True for what names a street as a number does: digits, one or two letters, three without a vowel. */
export function isCode(word: string): boolean {
  return word.length < 3 || /\d/.test(word) || (word.length === 3 && !/[AEIOUY]/.test(word));
}
