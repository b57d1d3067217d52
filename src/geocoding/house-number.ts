import type { AddressQuery } from './geocoder.js';

const POSTAL_CODE = /\b\d{5}-?\d{3}\b/g;
/** `1.200`, as Brazilians may write 1200. */
const THOUSANDS = /(\d)\.(?=\d{3}\b)/g;

/**
 * Whether the house number a provider names is the one asked for; providers answer with a neighbour's door without saying so.
 * Letters do not count (`120 A` is next to `120`), and of several numbers (`118;120`) one is enough. Without a number in the
 * answer, only an address in parts can tell that one is missing: a line may hold other numbers, or a building's name.
 */
export function isNumberAskedFor(query: AddressQuery, answered: string | undefined): boolean {
  const asked = 'text' in query ? numbersIn(query.text) : numbersIn(query.parts.number ?? '');
  if (answered === undefined) return 'text' in query || asked.length === 0;
  return numbersIn(answered).some((number) => asked.includes(number));
}

function numbersIn(text: string): number[] {
  return (text.replace(POSTAL_CODE, ' ').replace(THOUSANDS, '$1').match(/\d+/g) ?? []).map(Number);
}
