import { folded } from './text.js';

/** Why OZmap does not offer a box, in stable words. */
export const REFUSAL_REASONS = [
  'NO_FREE_PORT',
  'DRAFT',
  'NO_SERVICE_EQUIPMENT',
  'DROP_TOO_LONG',
  'TAG_MISMATCH',
  'OUTSIDE_CONDOMINIUM',
  'OUT_OF_RANGE',
  'OTHER',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** A reason as OZmap wrote it, untranslated: a code, a text, or both; with what was measured, in metres where OZmap tells. */
export interface RawRefusal {
  code: string | null;
  message: string | null;
  limitM: number | null;
  actualM: number | null;
}

/** One reason in our words. `message` is OZmap's own text. */
export interface RefusalDetail extends RawRefusal {
  code: RefusalReason;
}

/**
 * Inferred: no source shows OZmap's codes or texts (reference/ozmap.md 5.6 and 8, row 2), only what the reasons mean. A correction
 * belongs here and nowhere else. First match wins, on the text without accents, in lower case, with `_` and `-` as spaces.
 */
const KNOWN_TEXTS: readonly (readonly [RefusalReason, RegExp])[] = [
  ['DROP_TOO_LONG', /drop.*(too long|longer|length|limit|max|comprimento|tamanho|longo)|(length|comprimento) of.*drop/],
  ['NO_SERVICE_EQUIPMENT', /service equipment|no (service )?splitter|sem (equipamento|splitter|atendimento)/],
  [
    'NO_FREE_PORT',
    /(no|without) (free|available) ports?|\bfull\b|sem portas?|portas? (livre|disponivel|ocupad)|cheia|lotad/,
  ],
  ['DRAFT', /\bdraft\b|in project|em projeto/],
  ['TAG_MISMATCH', /\btags?\b|etiqueta/],
  ['OUTSIDE_CONDOMINIUM', /condomini|gated/],
  ['OUT_OF_RANGE', /out of (range|radius)|fora d[oe] (raio|alcance)/],
];

/** OZmap's reason in our words; what is not known becomes OTHER and keeps its message. */
export function refusalReason(raw: Pick<RawRefusal, 'code' | 'message'>): RefusalReason {
  const exact = REFUSAL_REASONS.find((reason) => reason === raw.code?.toUpperCase());
  if (exact) return exact;
  const texts = [raw.code, raw.message].map(plain);
  return KNOWN_TEXTS.find(([, pattern]) => texts.some((text) => pattern.test(text)))?.[0] ?? 'OTHER';
}

/**
 * Every reason of one refused box, never none: where OZmap gives no reason, a box without free ports says so itself,
 * and anything else is OTHER.
 */
export function refusalDetails(box: { availability: number | null; reasons: readonly RawRefusal[] }): RefusalDetail[] {
  if (box.reasons.length === 0) {
    return [{ code: box.availability === 0 ? 'NO_FREE_PORT' : 'OTHER', message: null, limitM: null, actualM: null }];
  }
  return box.reasons.map((raw) => ({ ...raw, code: refusalReason(raw), message: raw.message ?? raw.code }));
}

function plain(text: string | null): string {
  return folded(text ?? '').replace(/[_-]+/g, ' ');
}
