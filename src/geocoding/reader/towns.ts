import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import { getStates } from '@brazilian-utils/brazilian-utils/get-states';
import { expandWords, fold, foldedWords, isParticle, soundOf } from './words.js';

/** A municipality as it is compared: folded, without blanks and particles, as it sounds. */
export type TownKey = string;

/** By two letters, by name, by IBGE's two digits. */
const STATES = new Map(
  getStates().flatMap(({ code, name, ibgeCode }) =>
    [code, fold(name), String(ibgeCode)].map((key) => [key, code as string] as const),
  ),
);
/** What people write for a few towns, and what it stands for. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  BH: 'BELO HORIZONTE',
  SP: 'SAO PAULO',
  RJ: 'RIO DE JANEIRO',
  POA: 'PORTO ALEGRE',
  BSB: 'BRASILIA',
  SSA: 'SALVADOR',
  FLORIPA: 'FLORIANOPOLIS',
  SJC: 'SAO JOSE DOS CAMPOS',
  SBC: 'SAO BERNARDO DO CAMPO',
  EMBU: 'EMBU DAS ARTES',
};
const OFFICE = /^(?:(?:PREFEITURA(?: MUNICIPAL)?|MUNICIPIO|CIDADE) (?:DE|DO|DA) )/;

/** Two letters of a state that is written in any way; null for what is none. */
export function stateOf(text: string): string | null {
  return STATES.get(fold(text).replace(/^ESTADO D[EOA] /, '')) ?? null;
}

/** Where each state's postal codes begin, by their first three digits. Source: the Correios' plan of postal codes. */
const POSTAL_STATES: readonly (readonly [from: number, state: string])[] = [
  [10, 'SP'],
  [200, 'RJ'],
  [290, 'ES'],
  [300, 'MG'],
  [400, 'BA'],
  [490, 'SE'],
  [500, 'PE'],
  [570, 'AL'],
  [580, 'PB'],
  [590, 'RN'],
  [600, 'CE'],
  [640, 'PI'],
  [650, 'MA'],
  [660, 'PA'],
  [689, 'AP'],
  [690, 'AM'],
  [693, 'RR'],
  [694, 'AM'],
  [699, 'AC'],
  [700, 'DF'],
  [728, 'GO'],
  [730, 'DF'],
  [737, 'GO'],
  [768, 'RO'],
  [770, 'TO'],
  [780, 'MT'],
  [790, 'MS'],
  [800, 'PR'],
  [880, 'SC'],
  [900, 'RS'],
];

/** Two letters of the state that a postal code of eight digits lies in; null for what no state has. */
export function stateOfPostalCode(code: string): string | null {
  const begins = Number(code.slice(0, 3));
  return POSTAL_STATES.findLast(([from]) => from <= begins)?.[1] ?? null;
}

/** How a municipality's name is compared: "Santa Bárbara d'Oeste", "STA BARBARA D OESTE" and "Sta. Barbara doeste" are one. */
export function townKey(text: string): TownKey {
  const folded = fold(text.replace(/\bd['’´`]\s*/giu, 'd ')).replace(OFFICE, '');
  const words = expandWords((SHORT_NAMES[folded] ?? folded).split(' '));
  const telling = words.filter((word) => !isParticle(word)).map((word) => word.replace(/^D(?=[AO][EG])/, ''));
  return soundOf(telling.join('') || folded);
}

let known: ReturnType<typeof readRegister> | undefined;
/** Read when it is first needed. */
const register = () => (known ??= readRegister());

function readRegister() {
  const statesByKey = new Map<TownKey, Set<string>>();
  const keyByCode = new Map<string, TownKey>();
  for (const { code, name, stateCode } of getMunicipalities()) {
    const key = townKey(name);
    keyByCode.set(code, key);
    statesByKey.set(key, (statesByKey.get(key) ?? new Set()).add(stateCode));
  }
  return { statesByKey, keyByCode };
}

/** True for the name of a municipality of the state, or of any state where none is known. */
export function isMunicipality(key: TownKey, state: string | null): boolean {
  const states = register().statesByKey.get(key);
  return states !== undefined && (state === null || states.has(state));
}

/** A town as an ERP writes it: `Contagem/MG`, `CONTAGEM (MG)`, `Município de Contagem`, IBGE's `3118601`. */
export function readTown(text: string): { key: TownKey; state: string | null } {
  const code = /^\s*(\d{7})\s*$/.exec(text)?.[1];
  if (code) return { key: register().keyByCode.get(code) ?? code, state: stateOf(code.slice(0, 2)) };
  const words = foldedWords(text);
  const last = words.at(-1) ?? '';
  const state = words.length > 1 && /^[A-Z]{2}$/.test(last) ? stateOf(last) : null;
  const name = state === null ? text : text.replace(/[\s,/(-]*[a-z]{2}\W*$/i, '');
  return { key: townKey(name), state };
}
