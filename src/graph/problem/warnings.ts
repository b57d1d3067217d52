import type { WarningCode } from '../../domain/warnings.js';
import { requestLanguage } from '../../errors/request-language.js';
import type { Language } from '../../errors/sentences/sentence-for.js';
import type { Warning } from './problem.type.js';

const SENTENCES: Record<Language, Record<WarningCode, string>> = {
  pt: {
    NOT_IMPLANTED_IN_OZMAP:
      'O cliente não estava implantado no OZmap; foi cancelado como ativo porque o CNT assim informou.',
    NO_PROPERTY: 'O cliente não tem imóvel no OZmap.',
    DROP_DISCONNECTED: 'O drop do cliente não está conectado a nenhuma porta no OZmap.',
    OBSERVATION_OVERWRITTEN: 'A observação que estava no OZmap foi substituída.',
  },
  en: {
    NOT_IMPLANTED_IN_OZMAP: 'The client was not implanted in OZmap; it was cancelled as active because CNT said so.',
    NO_PROPERTY: 'The client has no property in OZmap.',
    DROP_DISCONNECTED: "The client's drop is connected to no port in OZmap.",
    OBSERVATION_OVERWRITTEN: "OZmap's earlier observation was replaced.",
  },
};

/** Warnings as people read them, in the language of the request at hand. */
export function warningsOf(codes: readonly WarningCode[]): Warning[] {
  return codes.map((code) => ({ code, message: SENTENCES[requestLanguage()][code] }));
}
