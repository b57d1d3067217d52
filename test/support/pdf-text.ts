import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF that pdfkit wrote, one for each piece that it printed: what a reader can select and search. Letters are glyphs of embedded
 * fonts, and each font's ToUnicode map tells which.
 */
export function textsOfPdf(pdf: Buffer): string[] {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of pdf.toString('latin1').matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm))
    objects.set(id, body);
  const streamOf = (body: string | undefined) => {
    const [, bytes = ''] = /stream\n([\s\S]*?)\nendstream/.exec(body ?? '') ?? [];
    return (body?.includes('/FlateDecode') ? inflateSync(Buffer.from(bytes, 'latin1')) : bytes).toString('latin1');
  };
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, map = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '') ?? [];
      fonts.set(name, lettersOf(streamOf(objects.get(map))));
    }
  return [...objects.values()].flatMap((body) => textsOf(streamOf(body), fonts));
}

/** `<0000> <0002> [<0000> <0041> <00e7>]`: the letters of glyphs that follow each other. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    for (const [at, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries())
      letters.set(
        Number.parseInt(from, 16) + at,
        Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
  return letters;
}

function textsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string[] {
  let font: ReadonlyMap<number, string> | undefined;
  return [...content.matchAll(/\/(F\d+) \S+ Tf|\[([^\]]*)\] TJ/g)].flatMap(([, name, pieces]) => {
    if (name) font = fonts.get(name);
    if (pieces === undefined) return [];
    const glyphs = [...pieces.matchAll(/<(\w+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    return [glyphs.map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? '?').join('')];
  });
}
