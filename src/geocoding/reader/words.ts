/**
 * Brings text to the letters that people type without thinking: capitals, no accents, words parted by one space.
 * Apostrophes join (`Sant'Ana` → `SANTANA`), but for a `d'` (`d'Água` → `D AGUA`); every other sign parts (`CEL.AMERICO` → `CEL AMERICO`).
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(?<![\p{L}\p{N}])d['’‘´`]/giu, 'd ')
    .replace(/[\u0300-\u036f'’‘´`]/g, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/** A list of words in one text, for looking up. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** The words of a text, folded. */
export function foldedWords(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
}

/** `DAS ACACIAS` → `das Acacias` after a street type, `Das Acacias` at the beginning. Roman numerals, and letters that name a street, stay as they are. */
export function inTitleCase(text: string, continues = false): string {
  const lower = text.toLowerCase();
  const isOneWord = /^\p{L}+$/u.test(lower);
  return lower.replace(/\p{L}+/gu, (word, at: number) => {
    if ((at > 0 || continues) && !isOneWord && /^(d[aeo]s?|e)$/.test(word)) return word;
    const isLetters = isOneWord ? word.length < 3 : /^[\s-]*\d/.test(lower.slice(at + word.length)) && word.length < 4;
    // "Bem-Te-Vi" is a bird, not the sixth of its name.
    const isJoined = lower[at - 1] === '-';
    if (isLetters || (!isJoined && isInitials(word))) return word.toUpperCase();
    return word.charAt(0).toUpperCase() + word.slice(1);
  });
}

/** `II`, `XXIII`, `JK`; not `DR`, which is a title. */
function isInitials(word: string): boolean {
  if (word.length > 1 && /^(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})$/.test(word)) return true;
  return word.length < 4 && !/[aeiouy]/.test(word.normalize('NFD')) && ABBREVIATIONS[word.toUpperCase()] === undefined;
}

/** Kinds of street, by every way they are written: folded, without the dot. */
const STREET_TYPES: Readonly<Record<string, readonly string[]>> = {
  Rua: ['R', 'RUA', 'RUAS'],
  Avenida: ['AV', 'AVE', 'AVD', 'AVEN', 'AVENIDA'],
  Travessa: ['TV', 'TR', 'TRV', 'TVR', 'TRAV', 'TRAVESSA'],
  Alameda: ['AL', 'ALA', 'ALAM', 'ALAMEDA'],
  Praça: ['PC', 'PCA', 'PRC', 'PRACA'],
  Rodovia: ['ROD', 'RODOVIA'],
  Estrada: ['EST', 'ESTR', 'ESTRADA'],
  Beco: ['BC', 'BEC', 'BECO'],
  Via: ['VIA'],
  Viela: ['VLA', 'VIELA'],
  Largo: ['LG', 'LGO', 'LARGO'],
  Ladeira: ['LD', 'LAD', 'LADEIRA'],
  Caminho: ['CAM', 'CAMINHO'],
  Passagem: ['PSG', 'PAS', 'PASSAGEM'],
  Servidão: ['SRV', 'SERVIDAO'],
  Acesso: ['AC', 'ACESSO'],
  Escadaria: ['ESC', 'ESCADARIA'],
  Subida: ['SUB', 'SUBIDA'],
  Vereda: ['VEREDA'],
};

/** What names abbreviate, folded: titles, saints and parts of neighbourhoods. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ALM: 'ALMIRANTE',
  BRIG: 'BRIGADEIRO',
  CAP: 'CAPITAO',
  CEL: 'CORONEL',
  CHAC: 'CHACARA',
  COM: 'COMENDADOR',
  COMTE: 'COMANDANTE',
  CON: 'CONEGO',
  COND: 'CONDOMINIO',
  CJ: 'CONJUNTO',
  CONJ: 'CONJUNTO',
  CONS: 'CONSELHEIRO',
  DEP: 'DEPUTADO',
  DES: 'DESEMBARGADOR',
  DR: 'DOUTOR',
  DRA: 'DOUTORA',
  ENG: 'ENGENHEIRO',
  EXP: 'EXPEDICIONARIO',
  GAL: 'GENERAL',
  GEN: 'GENERAL',
  GOV: 'GOVERNADOR',
  IND: 'INDUSTRIAL',
  JARD: 'JARDIM',
  JD: 'JARDIM',
  JDM: 'JARDIM',
  MAJ: 'MAJOR',
  MAL: 'MARECHAL',
  MIN: 'MINISTRO',
  MONS: 'MONSENHOR',
  PE: 'PADRE',
  PQ: 'PARQUE',
  PQE: 'PARQUE',
  PRES: 'PRESIDENTE',
  PROF: 'PROFESSOR',
  PROFA: 'PROFESSORA',
  PRQ: 'PARQUE',
  QD: 'QUADRA',
  QDA: 'QUADRA',
  RES: 'RESIDENCIAL',
  SARG: 'SARGENTO',
  SEN: 'SENADOR',
  SGTO: 'SARGENTO',
  SR: 'SENHOR',
  SRA: 'SENHORA',
  STA: 'SANTA',
  STO: 'SANTO',
  TEN: 'TENENTE',
  VER: 'VEREADOR',
  VISC: 'VISCONDE',
  VL: 'VILA',
};

/** Words that people leave out or put in as they please. */
const TITLES = wordSet(
  'ALMIRANTE BRIGADEIRO CAPITAO COMENDADOR COMANDANTE CONEGO CORONEL DEPUTADO DESEMBARGADOR DOM DONA DOUTOR DOUTORA ENGENHEIRO EXPEDICIONARIO FREI GENERAL GOVERNADOR IRMA MAJOR MARECHAL MINISTRO MONSENHOR PADRE PREFEITO PRESIDENTE PROFESSOR PROFESSORA SARGENTO SENADOR TENENTE VEREADOR MUNICIPAL ESTADUAL FEDERAL VICINAL',
);
const PARTICLES = wordSet('DE DA DO DAS DOS D E');
const MONTHS = wordSet('JANEIRO FEVEREIRO MARCO ABRIL MAIO JUNHO JULHO AGOSTO SETEMBRO OUTUBRO NOVEMBRO DEZEMBRO');

const TYPE_BY_SPELLING = new Map(
  Object.entries(STREET_TYPES).flatMap(([type, spellings]) => spellings.map((spelling) => [spelling, type] as const)),
);

/** `AV` → `Avenida`; null for a word that is no kind of street. */
export function streetTypeOf(word: string): string | null {
  return TYPE_BY_SPELLING.get(word) ?? null;
}

export function isTitle(word: string): boolean {
  return TITLES.has(word);
}

export function isParticle(word: string): boolean {
  return PARTICLES.has(word);
}

/** True for the name of a month, and for `DE` before one: what stands behind a day. */
export function isMonthNext([first = '', second = '']: readonly string[]): boolean {
  return MONTHS.has(first === 'DE' ? second : first);
}

/** Writes out what names abbreviate: `STA` → `SANTA`, `N SRA` → `NOSSA SENHORA`, a leading `S` → `SAO`. */
export function expandWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const next = words[index + 1];
    const our = next === 'SRA' || next === 'SENHORA' || next === 'S';
    if (our && (word === 'N' || word === 'NSA' || word === 'NOS')) return 'NOSSA';
    if (word === 'S' && index > 0 && /^(N|NSA|NOSSA)$/.test(words[index - 1] ?? '')) return 'SENHORA';
    if (word === 'S' && index === 0 && next !== undefined && next.length > 1) return 'SAO';
    return ABBREVIATIONS[word] ?? word;
  });
}

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
