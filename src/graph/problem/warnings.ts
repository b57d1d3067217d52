import type { WarningCode } from '../../domain/warnings.js';
import type { Warning } from './problem.type.js';

const SENTENCES: Record<WarningCode, string> = {
  NOT_IMPLANTED_IN_OZMAP:
    'O cliente não estava implantado no OZmap; foi cancelado como ativo porque o CNT assim informou.',
  NO_PROPERTY: 'O cliente não tem imóvel no OZmap.',
  DROP_DISCONNECTED: 'O drop do cliente não está conectado a nenhuma porta no OZmap.',
  OBSERVATION_OVERWRITTEN: 'A observação que estava no OZmap foi substituída.',
};

/** Warnings as people read them. */
export function warningsOf(codes: readonly WarningCode[]): Warning[] {
  return codes.map((code) => ({ code, message: SENTENCES[code] }));
}
