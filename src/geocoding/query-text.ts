import type { AddressQuery } from './geocoder.js';

/** One line, the way Brazilians write it: `Rua A, 12 - Centro, Contagem - MG, 32000-000`. The complement finds nothing and is left out. */
export function queryText(query: AddressQuery): string {
  if ('text' in query) return query.text.trim();
  const { street, number, neighbourhood, city, state, postalCode } = query.parts;
  const join = (separator: string, ...parts: (string | undefined)[]) => parts.filter(Boolean).join(separator);
  return join(', ', join(' - ', join(', ', street, number), neighbourhood), join(' - ', city, state), postalCode);
}
