/** `DAS ACACIAS` → `das Acacias` after a street type, `Das Acacias` at the beginning. Roman numerals stay as they are. */
export function inTitleCase(text: string, continues = false): string {
  const lower = text.toLowerCase();
  const isOneWord = /^\p{L}+$/u.test(lower);
  return lower.replace(/\p{L}+/gu, (word, at: number) => {
    if ((at > 0 || continues) && !isOneWord && /^(d[aeo]s?|e)$/.test(word)) return word;
    if (/^(i{2,3}|i?v|vi{1,3}|i?x|xi{1,2}|xv|xxiii|jk)$/.test(word) && word.length > 1) return word.toUpperCase();
    return word.charAt(0).toUpperCase() + word.slice(1);
  });
}
