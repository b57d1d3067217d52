import type { ConflictReason, ErrorCode, ForbiddenReason } from '../app-error.js';

/** What a refusal's sentence may say beside its code: measures, counts and the name of a field, never input. */
interface SentenceFacts {
  limit: number | undefined;
  actual: number | undefined;
  /** `field` of the first detail that has one. */
  field: string | undefined;
}

type Sentence = string | ((facts: SentenceFacts) => string);

/** One language's sentences; a reason takes precedence over its code. */
export interface Sentences {
  codes: Readonly<Record<ErrorCode, Sentence>>;
  reasons: Readonly<Record<ConflictReason | ForbiddenReason, Sentence>>;
  /** Of a command that waits for OZmap. */
  queued: string;
}

const metres = (value: number) => `${Math.round(value).toLocaleString('pt-BR')} m`;

/** By the field that names the missing thing. */
const THINGS: Readonly<Record<string, string>> = {
  client: 'O cliente deste contrato não foi encontrado',
  contractCode: 'O cliente deste contrato não foi encontrado',
  propertyId: 'O imóvel não foi encontrado',
  boxId: 'A caixa não foi encontrada',
  buildingId: 'O prédio não foi encontrado',
  splitterId: 'O splitter não foi encontrado',
  operationId: 'A operação não foi encontrada',
  deliveryId: 'A entrega não foi encontrada',
  port: 'A porta não foi encontrada',
};

const FIELDS: Readonly<Record<string, string>> = { name: 'do nome', observation: 'da observação' };

/** By the field that was not accepted, where there is more to say than that. */
const INPUTS: Readonly<Record<string, string>> = {
  heldOperation:
    'Esta operação espera uma decisão desde que o registro foi restaurado: quem administra a integração a libera ou descarta (npm run journal:held).',
  openerOrigin: 'openerOrigin não é um endereço das origens configuradas em OZLOC_ORIGINS.',
  returnUrl: 'returnUrl não é um endereço das origens configuradas em OZLOC_ORIGINS.',
};

/** Portuguese: what people read on the pages, in payloads and in the log of operations. */
export const pt: Sentences = {
  queued: 'O OZmap está fora do ar; o pedido foi guardado e será executado assim que ele voltar.',
  reasons: {
    CODE_IN_USE: 'Já existe no OZmap um cliente com este código de contrato.',
    CODE_AMBIGUOUS: 'Há mais de um cliente no OZmap com este código de contrato; é preciso corrigir lá.',
    BOX_NOT_OFFERED: 'A caixa escolhida não está entre as que atendem esta posição.',
    BOX_FULL: 'A caixa não tem mais porta livre; escolha outra.',
    PORT_TAKEN: 'A porta já está ocupada; escolha outra.',
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
    ALREADY_ACTIVE:
      'O cliente já está implantado no OZmap: não há mais reserva. O que encerra um contrato ativo é o cancelamento.',
    SEVERAL_PROPERTIES: 'Este cliente tem mais de um imóvel no OZmap; é preciso corrigir lá.',
    PROPERTY_OCCUPIED: 'O imóvel escolhido já tem um cliente.',
    POLICY_DISABLED: ({ field }) =>
      `A configuração desta integração não permite a alteração ${FIELDS[field ?? ''] ?? 'deste campo'}; nada foi gravado.`,
    OBSERVATION_CHANGED: 'A observação no OZmap não é mais a que foi informada; nada foi gravado.',
    PLAN_CHANGED: 'A situação mudou desde que o plano foi mostrado; confira o novo plano.',
    IN_PROGRESS: 'Outra operação deste contrato ainda não terminou; aguarde o fim dela.',
    BUSY: 'O contrato, a caixa ou o imóvel está em uso por outra operação; tente de novo em instantes.',
    UNDO_EXPIRED: 'O prazo para desfazer este cancelamento terminou.',
    PORT_NO_LONGER_FREE: 'A porta que o cliente usava já foi ocupada.',
    LINKS_NOT_CONFIGURED: 'Links para o OZloc não estão configurados: falta a variável SESSION_SECRET neste serviço.',
    MISSING_SCOPE: ({ field }) =>
      `Este acesso não foi dado para isto${field === undefined ? '' : `: falta ${field}`}. Fale com quem administra a plataforma.`,
    NO_OZMAP_TOKEN: 'Este acesso é conhecido, mas não tem um token do OZmap. Avise quem administra a integração.',
    NOT_IN_SAFELIST: 'Este serviço só aceita as operações da sua lista.',
    OUTSIDE_SALE: ({ limit }) =>
      `Este ponto fica ${limit === undefined ? 'longe' : `a mais de ${metres(limit)}`} do lugar desta venda. Se o endereço do contrato mudou, corrija-o no CNT e gere outro link.`,
  },
  codes: {
    NOT_FOUND: ({ field }) =>
      field === 'path'
        ? 'Não há nada neste endereço.'
        : `${THINGS[field ?? ''] ?? 'Não encontrado'}, ou este token não tem acesso ao seu projeto.`,
    CONFLICT: 'A situação da rede não permite esta operação.',
    IDEMPOTENCY_MISMATCH: 'Esta chave de idempotência já foi usada com outros dados.',
    UPSTREAM_REFUSED: 'O OZmap recusou a operação.',
    UPSTREAM_UNAVAILABLE: ({ field }) =>
      field === 'OZMAP_TOKEN'
        ? 'O OZmap recusa o token deste serviço (OZMAP_TOKEN); nada foi gravado. Avise quem administra a integração.'
        : field === 'JWT_JWKS_URL'
          ? 'A plataforma que identifica quem acessa não está respondendo; nada foi feito. Tente de novo em alguns minutos.'
          : 'O OZmap não está respondendo; nada foi gravado. Tente de novo em alguns minutos.',
    UPSTREAM_OUTCOME_UNKNOWN:
      'O OZmap não confirmou a gravação: ela pode ter acontecido ou não. O resultado está sendo verificado; não repita antes disso.',
    UPSTREAM_UNEXPECTED_EFFECT:
      'O OZmap confirmou a gravação, mas o resultado lido não é o esperado; confira no OZmap.',
    UPSTREAM_UNEXPECTED_SHAPE: 'O OZmap respondeu de uma forma que esta integração não conhece; avise o suporte.',
    GEOCODER_UNAVAILABLE:
      'A busca de endereços não está respondendo. Tente de novo em alguns minutos, ou informe uma posição.',
    GEOCODER_REFUSED:
      'A busca de endereços recusa este serviço. Avise quem opera a integração; enquanto isso, informe uma posição.',
    GEOCODER_QUOTA: 'A busca de endereços atingiu o seu limite de consultas. Tente mais tarde, ou informe uma posição.',
    JOURNAL_UNAVAILABLE:
      'O registro de operações não está respondendo. Tente de novo; com a mesma chave nada é feito duas vezes.',
    BAD_USER_INPUT: ({ field = '' }) => INPUTS[field] ?? 'Algum dado não foi aceito; confira os campos.',
    UNAUTHENTICATED: ({ field }) =>
      field === 'authorization' ? 'Falta o token de acesso.' : 'Acesso encerrado ou desconhecido pelo OZmap.',
    FORBIDDEN: 'Este acesso não tem permissão para isto no OZmap.',
    LIMIT_EXCEEDED: ({ limit, actual }) =>
      limit !== undefined && actual !== undefined
        ? `O pedido passa de um limite do serviço: ${actual} de no máximo ${limit}.`
        : 'O pedido passa de um limite do serviço.',
    RATE_LIMITED: 'Requisições demais; aguarde um pouco e tente de novo.',
    REQUEST_TIMEOUT: 'A resposta demorou mais do que o permitido; tente de novo.',
    INTERNAL_SERVER_ERROR: 'Erro interno do serviço. Se repetir, avise o suporte com o código do erro.',
  },
};
