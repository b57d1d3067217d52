import { type ConstDirectiveNode, type GraphQLSchema, getNamedType, Kind, parse, print, visit } from 'graphql';
import { ForbiddenError } from '../errors/app-error.js';
import type { RequestContext } from './context.js';
import { isRoot, wrapFields } from './wrap-fields.js';

/** What the tokens of a platform (AUTH=jwt) are given for. They narrow what OZmap allows the token behind them; they never widen it. */
export const SCOPES = ['viability:read', 'client:read', 'reservation:write', 'client:write', 'journal:read'] as const;
export type Scope = (typeof SCOPES)[number];

/** Any one of these sets is enough; of a set all are needed. As `@requiresScopes` has them. */
type Required = readonly (readonly Scope[])[];

/** What fields and types need. A field of a type that is named needs both. */
export interface ScopeRules {
  /** `Type.field` → scopes. Every field of Query and Mutation is named. */
  fields: Readonly<Record<string, Required>>;
  /** Type → scopes, by whatever way it is reached. Every entity is named. */
  types: Readonly<Record<string, Required>>;
}

const ONE = (scope: Scope): Required => [[scope]];
/** Whoever may write sees what was written. */
const OF_CLIENTS: Required = [['client:read'], ['reservation:write'], ['client:write']];
/** The plant: part of every answer but the journal's. */
const OF_PLANT: Required = [['viability:read'], ...OF_CLIENTS];

const READS: Readonly<Record<string, Scope>> = {
  viability: 'viability:read',
  viabilities: 'viability:read',
  addressSuggestions: 'viability:read',
  box: 'viability:read',
  boxes: 'viability:read',
  boxesById: 'viability:read',
  poles: 'viability:read',
  client: 'client:read',
  clients: 'client:read',
  searchClients: 'client:read',
  reservation: 'client:read',
  cancellationPlan: 'client:read',
  integrationOperation: 'journal:read',
  integrationOperations: 'journal:read',
  integrationOperationCounts: 'journal:read',
  integrationEventDeliveries: 'journal:read',
};
const COMMANDS: Readonly<Record<string, Required>> = {
  reservePort: ONE('reservation:write'),
  extendReservation: ONE('reservation:write'),
  withdrawReservation: ONE('reservation:write'),
  createProspect: ONE('reservation:write'),
  createOzlocLink: ONE('reservation:write'),
  revokeOzlocLinks: ONE('reservation:write'),
  activateClient: ONE('client:write'),
  updateClient: ONE('client:write'),
  cancelClient: ONE('client:write'),
  changePort: ONE('client:write'),
  relocateClient: ONE('client:write'),
  transferClient: ONE('client:write'),
  undoCancellation: ONE('client:write'),
  // It may be a withdrawal.
  declareContract: [['reservation:write', 'client:write']],
  // Of whatever kind the operation is.
  retryOperation: [['reservation:write', 'client:write']],
  redeliverEvent: [['reservation:write', 'client:write']],
};

export const SCOPE_RULES: ScopeRules = {
  fields: {
    ...Object.fromEntries(Object.entries(READS).map(([name, scope]) => [`Query.${name}`, ONE(scope)])),
    ...Object.fromEntries(Object.entries(COMMANDS).map(([name, scopes]) => [`Mutation.${name}`, scopes])),
    'Client.integrationOperations': ONE('journal:read'),
    // Names and addresses that a command was asked for.
    'IntegrationOperation.changes': OF_CLIENTS,
    // From the plant to persons: a kept home's observation names contracts.
    'SplitterPort.property': OF_CLIENTS,
    'OzmapProperty.observation': OF_CLIENTS,
  },
  types: {
    Client: OF_CLIENTS,
    Reservation: OF_CLIENTS,
    OzmapProspect: OF_CLIENTS,
    IntegrationOperation: [['journal:read'], ['reservation:write'], ['client:write']],
    Box: OF_PLANT,
    Splitter: OF_PLANT,
    OzmapProperty: OF_PLANT,
    OzmapDrop: OF_PLANT,
    OzmapBuilding: OF_PLANT,
    OzmapEquipment: OF_PLANT,
    OzmapPole: OF_PLANT,
  },
};

/** Has each field that is named, or leads to a type that is, refused to tokens without its scopes. Errors: Error, for what has no rule. */
export function guardByScopes(schema: GraphQLSchema, { fields, types }: ScopeRules): void {
  wrapFields(schema, (field, type, resolve) => {
    const name = `${type.name}.${field.name}`;
    // Each reference answers for itself; the schema's text is no data.
    if (field.name === '_entities' || field.name === '_service') return;
    if (isRoot(schema, type) && !fields[name]) throw new Error(`${name} has no scopes`);
    const required = [fields[name], types[getNamedType(field.type).name]].filter((rule) => rule !== undefined);
    if (required.length === 0) return;
    return (source, args, context, info) => {
      for (const rule of required) assertScopes(context, rule);
      return resolve(source, args, context, info);
    };
  });
}

/** Errors: FORBIDDEN MISSING_SCOPE, with the first scope that would help. */
export function assertScopes({ scopes }: Pick<RequestContext, 'scopes'>, required: Required | undefined): void {
  if (scopes === null || !required || required.some((set) => set.every((scope) => scopes.has(scope)))) return;
  const missing = required[0]?.find((scope) => !scopes.has(scope));
  throw new ForbiddenError('the token lacks a scope', 'MISSING_SCOPE', missing ? [{ field: missing }] : []);
}

/** The same schema for routers that enforce scopes themselves: with `@requiresScopes` wherever this service asks for them. */
export function withScopes(sdl: string, { fields, types }: ScopeRules): string {
  const document = parse(
    sdl.replace(/(@link\(url: "[^"]*\/federation\/[^"]*", import: \[[^\]]*)\]/, '$1, "@requiresScopes"]'),
  );
  const shown = visit(document, {
    ObjectTypeDefinition: (type) => ({
      ...type,
      directives: [...(type.directives ?? []), ...requiresScopes(types[type.name.value])],
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [...(field.directives ?? []), ...requiresScopes(fields[`${type.name.value}.${field.name.value}`])],
      })),
    }),
  });
  return `${print(shown)}\n`;
}

function requiresScopes(required: Required | undefined): ConstDirectiveNode[] {
  if (!required) return [];
  const list = <T>(values: readonly T[]) => ({ kind: Kind.LIST, values }) as const;
  const scopes = list(required.map((set) => list(set.map((value) => ({ kind: Kind.STRING, value }) as const))));
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return [
    {
      kind: Kind.DIRECTIVE,
      name: name('requiresScopes'),
      arguments: [{ kind: Kind.ARGUMENT, name: name('scopes'), value: scopes }],
    },
  ];
}
