/**
 * How a folded Brazilian word sounds, roughly: spellings that are heard alike become one (`LUIZ`/`LUIS`, `WALTER`/`VALTER`,
 * `THEODORO`/`TEODORO`, `SOUZA`/`SOUSA`, `EDWIGES`/`EDVIGES`, `BENJAMIM`/`BENJAMIN`).
 */
export function soundOf(word: string): string {
  if (word.length < 2 || /\d/.test(word)) return word;
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
