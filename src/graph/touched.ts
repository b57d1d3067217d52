import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from 'graphql';
import { parseContractCode } from '../domain/contract-code.js';
import { wrapFields } from './wrap-fields.js';

/** Where a request came from. */
export interface Origin {
  /** The caller's network address. */
  address: string;
  /** Of `traceparent`, or the request's own number. */
  traceId: string;
  /** Of `X-Request-Id`, or our own; the answer says it, too. */
  requestId: string;
  /** As CNT says, unverified. */
  cntUser: string | null;
}

/** What a request has had to do with so far: for the audit and for metrics. */
export class Touched {
  /** Codes of contracts that were asked for or answered. */
  readonly contracts = new Set<string>();
  /** Ids of the journal's operations that commands of the request made or met. */
  readonly operations = new Set<string>();
  /** Codes of refusals that were answered as data. */
  readonly problems = new Set<string>();

  /** How many references to each type of entity a router sent. */
  readonly entities = new Map<string, number>();

  /** One reference to an entity. */
  entity(type: string): void {
    this.entities.set(type, (this.entities.get(type) ?? 0) + 1);
  }

  /** The code as it came, where it is one. */
  contract(value: unknown): void {
    try {
      this.contracts.add(parseContractCode(value));
    } catch {
      // Refused where it is used.
    }
  }
}

/** Has every field that takes or answers contracts note their codes in the request's context, whether the caller selects the code or not. */
export function noteTouched(schema: GraphQLSchema): void {
  wrapFields(schema, (field, type, resolve) => {
    const answers = holdsContract(schema, getNamedType(field.type)) || type === schema.getMutationType();
    if (field.args.length === 0 && !answers) return;
    return (root, args, context, info) => {
      const { touched }: { touched?: Touched } = context ?? {};
      if (!touched) return resolve(root, args, context, info);
      noteAsked(args, touched);
      const answer: unknown = resolve(root, args, context, info);
      if (answers) noteAnswered(answer, touched);
      return answer;
    };
  });
}

function holdsContract(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  if (isAbstractType(type)) return schema.getPossibleTypes(type).some((possible) => holdsContract(schema, possible));
  return isObjectType(type) && 'contractCode' in type.getFields();
}

const NAMES_OF_CODES = new Set(['contractCode', 'contractCodes']);
const NAMES_OF_INPUTS = new Set(['input', 'filter', 'representations']);

/** `contractCode` and `contractCodes` among the arguments, in an input object, or in a representation. */
function noteAsked(given: unknown, touched: Touched): void {
  for (const object of [given].flat()) {
    for (const [name, value] of Object.entries(object ?? {})) {
      if (NAMES_OF_CODES.has(name)) for (const code of [value].flat()) touched.contract(code);
      else if (NAMES_OF_INPUTS.has(name)) noteAsked(value, touched);
    }
  }
}

/** Lists and promises of objects with a `contractCode`; payloads with a `problem`. Answers before GraphQL goes on with the same value. */
function noteAnswered(answer: unknown, touched: Touched): void {
  if (answer instanceof Promise) {
    answer.then(
      (value) => noteAnswered(value, touched),
      // GraphQL hears of it, too.
      () => {},
    );
  } else if (Array.isArray(answer)) {
    for (const item of answer) noteAnswered(item, touched);
  } else if (typeof answer === 'object' && answer !== null) {
    if ('contractCode' in answer && answer.contractCode != null) touched.contract(answer.contractCode);
    const problem = 'problem' in answer ? (answer.problem as { code?: unknown } | null) : null;
    if (typeof problem?.code === 'string') touched.problems.add(problem.code);
  }
}
