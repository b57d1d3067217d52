import type { AppError, ConflictReason, ErrorCode, ErrorDetail, ForbiddenReason } from './app-error.js';

/** Facts of a refusal, as its sentence needs them. */
interface Facts {
  limit: number | undefined;
  actual: number | undefined;
  /** `field` of the first detail that has one. */
  field: string | undefined;
}

type Sentence = string | ((facts: Facts) => string);

const metres = (value: number) => `${Math.round(value).toLocaleString('pt-BR')} m`;

/** By the field that names the missing thing. */
const THINGS: Record<string, string> = {
  client: 'O cliente deste contrato não foi encontrado',
  propertyId: 'O imóvel não foi encontrado',
  boxId: 'A caixa não foi encontrada',
  splitterId: 'O splitter não foi encontrado',
  operationId: 'A operação não foi encontrada',
  port: 'A porta não foi encontrada',
};

const FIELDS: Record<string, string> = { name: 'do nome', observation: 'da observação' };

/** What people read for each reason. */
const REASONS: Record<ConflictReason | ForbiddenReason, Sentence> = {
  CODE_IN_USE: 'Já existe no OZmap um cliente com este código de contrato.',
  CODE_AMBIGUOUS: 'Há mais de um cliente no OZmap com este código de contrato; corrija no OZmap antes de continuar.',
  BOX_NOT_OFFERED: 'A caixa escolhida não está entre as que atendem esta posição.',
  BOX_FULL: 'A caixa escolhida não tem mais porta livre.',
  PORT_TAKEN: 'A porta escolhida já está ocupada.',
  DROP_TOO_LONG: ({ limit, actual }) =>
    limit !== undefined && actual !== undefined
      ? `O drop teria ${metres(actual)}; o limite do projeto é ${metres(limit)}.`
      : 'O drop passa do comprimento máximo do projeto.',
  DROP_OFF_NETWORK: ({ actual }) =>
    actual === undefined
      ? 'O traçado do drop sai da rede: os pontos do meio precisam estar em postes.'
      : `O ponto ${actual + 1} do traçado do drop não está sobre um poste, ou a ponta não chega ao cliente ou à caixa.`,
  NOT_ACTIVE:
    'O cliente não está implantado no OZmap, portanto não há o que cancelar. Se o contrato estava ativo no CNT, informe isso e repita. A desistência é outra operação: ela apaga também o imóvel e o drop.',
  ALREADY_ACTIVE: 'O cliente já está implantado no OZmap; para um contrato ativo use o cancelamento.',
  SEVERAL_PROPERTIES: 'Este cliente tem mais de um imóvel no OZmap; resolva isso no OZmap antes de continuar.',
  PROPERTY_OCCUPIED: 'O imóvel escolhido já tem um cliente.',
  POLICY_DISABLED: ({ field }) =>
    `A configuração desta integração não permite a alteração ${FIELDS[field ?? ''] ?? 'deste campo'}; nada foi gravado.`,
  OBSERVATION_CHANGED: 'A observação no OZmap não é mais a que foi informada; nada foi gravado.',
  PLAN_CHANGED: 'A situação mudou desde que o plano foi mostrado; confira o novo plano.',
  IN_PROGRESS: 'Este comando já está em andamento.',
  BUSY: 'Outro comando deste contrato ou desta caixa está em andamento; tente de novo em instantes.',
  UNDO_EXPIRED: 'O prazo para desfazer este cancelamento terminou.',
  PORT_NO_LONGER_FREE: 'A porta que o cliente usava já foi ocupada.',
  LINKS_NOT_CONFIGURED: 'Links para o OZloc não estão configurados: falta a variável SESSION_SECRET neste serviço.',
  OUTSIDE_SALE: ({ limit }) =>
    `Este ponto fica a mais de ${metres(limit ?? 0)} do lugar desta venda. Confira o endereço do contrato no CNT e gere outro link.`,
};

/** What people read for each code; CONFLICT is told by its reason. */
const CODES: Record<ErrorCode, Sentence> = {
  NOT_FOUND: ({ field }) => `${THINGS[field ?? ''] ?? 'Não encontrado'}, ou este token não tem acesso ao seu projeto.`,
  CONFLICT: 'A situação da rede não permite esta operação.',
  IDEMPOTENCY_MISMATCH: 'Esta chave de idempotência já foi usada com outros dados.',
  UPSTREAM_REFUSED: 'O OZmap recusou a operação.',
  UPSTREAM_UNAVAILABLE: 'O OZmap não está respondendo; nada foi gravado. Tente de novo em alguns minutos.',
  UPSTREAM_OUTCOME_UNKNOWN:
    'O OZmap não confirmou a gravação: ela pode ter acontecido ou não. Não repita antes de consultar o resultado.',
  UPSTREAM_UNEXPECTED_EFFECT: 'O OZmap confirmou a gravação, mas o resultado lido não é o esperado; confira no OZmap.',
  UPSTREAM_UNEXPECTED_SHAPE: 'O OZmap respondeu de uma forma que esta integração não conhece.',
  JOURNAL_UNAVAILABLE: 'O registro de operações está indisponível; nada foi enviado ao OZmap.',
  BAD_USER_INPUT: 'Os dados informados não são válidos.',
  UNAUTHENTICATED: 'Token ausente ou desconhecido pelo OZmap.',
  FORBIDDEN: 'Este token não tem permissão para isto no OZmap.',
  LIMIT_EXCEEDED: ({ limit, actual }) => `A requisição pede demais: ${actual ?? '?'} de no máximo ${limit ?? '?'}.`,
  RATE_LIMITED: 'Requisições demais; aguarde um pouco.',
  REQUEST_TIMEOUT: 'A requisição demorou mais do que o permitido.',
  INTERNAL_SERVER_ERROR: 'Erro interno; o código do erro está no registro do serviço.',
};

/** The sentence that people read for an expected failure. Holds measures and limits, never input. */
export function messageFor(error: Pick<AppError, 'code' | 'reason' | 'details'>): string {
  const sentence = error.reason === undefined ? CODES[error.code] : REASONS[error.reason];
  return typeof sentence === 'string' ? sentence : sentence(factsOf(error.details));
}

/** The sentence of a code for which there is no error object. */
export function messageForCode(code: ErrorCode): string {
  return messageFor({ code, reason: undefined, details: [] });
}

function factsOf(details: readonly ErrorDetail[]): Facts {
  return {
    limit: details.find((detail) => detail.limit !== undefined)?.limit,
    actual: details.find((detail) => detail.actual !== undefined)?.actual,
    field: details.find((detail) => detail.field !== undefined)?.field,
  };
}
