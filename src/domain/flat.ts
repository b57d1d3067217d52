const WORD = String.raw`(?:apartamento|apto|apt|ap)(?!\p{L})[.\s]*(?:n[º°o.]\s*)?`;
const FIRST_WORD = new RegExp(String.raw`^\s*${WORD}`, 'iu');
const NUMBER = new RegExp(String.raw`(?<!\p{L})${WORD}([\p{L}\p{N}][\p{L}\p{N}/-]*)`, 'giu');

/** `Rua A, 1, apto 904`: the address of a flat in a building. `apartment` may name itself one: `Apto 904`. */
export function flatAddress(building: string, apartment: string): string {
  return `${building}, apto ${apartment.replace(FIRST_WORD, '').trim()}`;
}

/** The flat that an address names, as one writing for all: `904` for `Apto. 904` and `ap 0904`; null for an address that names none. */
export function flatOf(address: string): string | null {
  const [, number] = [...address.matchAll(NUMBER)].at(-1) ?? [];
  return number?.replace(/^0+(?=.)/, '').toUpperCase() ?? null;
}
