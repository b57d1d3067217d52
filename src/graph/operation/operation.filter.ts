import { ArrayMaxSize, IsOptional, Length, MaxLength } from 'class-validator';
import { Directive, Field, GraphQLISODateTime, ID, InputType } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import type { OperationState } from '../../domain/operation.js';
import { INTERNAL } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { OperationStateEnum } from './operation.type.js';

/** The most clients by one property whose operations are listed. */
const MOST_FOUND = 100;
const SEARCH =
  'Each page searches a part of the journal: it may hold less than `first`, or nothing, while `hasNextPage` is true.';

/** Which operations. */
@InputType({ description: 'Which operations to list; all given conditions must hold.' })
export class IntegrationOperationFilter {
  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode?: string | null;

  @IsOptional()
  @Length(2, 120)
  @Field(() => String, {
    nullable: true,
    description: `Part of CNT's contract code, in letters of either case. ${SEARCH}`,
  })
  contractCodePart?: string | null;

  @IsOptional()
  @Length(3, 120)
  @Field(() => String, {
    nullable: true,
    description: `Part of a client's name, code or ONU serial as OZmap has them now, or of the name or telephone number that a client or a lead was asked for with, as long as it is kept. Words of a name in any order. Of many, ${MOST_FOUND} by each.`,
  })
  client?: string | null;

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, {
    nullable: true,
    description: `Words of the name of the person in CNT, as \`X-CNT-User\` said, or parts of them; accents and capitals do not matter. ${SEARCH}`,
  })
  @Directive(INTERNAL)
  cntUser?: string | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @Field(() => [OperationStateEnum], { nullable: true, description: 'Only operations in one of these states.' })
  states?: OperationState[] | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @MaxLength(60, { each: true })
  @Field(() => [String], { nullable: true, description: 'Only these kinds of command, e.g. `client.activate`.' })
  actions?: string[] | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received at or after this instant.' })
  from?: Date | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received before this instant.' })
  to?: Date | null;
}

/** The filter as the journal takes it: a client by the codes that it has in OZmap, and by what the journal was asked with. */
export async function known(filter: IntegrationOperationFilter | null, context: RequestContext) {
  const { client, ...others } = filter ?? {};
  // An empty code is none, as a caller's unset variable: it must not list everybody's operations.
  const contractCode = others.contractCode == null ? null : parseContractCode(others.contractCode);
  if (!client) return { ...others, contractCode };
  const [clients, { codes, ids }] = await Promise.all([
    context.ozmap.searchClients(client, MOST_FOUND),
    context.viewer().then((viewer) => context.journal.findNamed(client, MOST_FOUND, viewer)),
  ]);
  return {
    ...others,
    contractCode,
    named: { codes: [client.trim(), ...clients.map(({ code }) => code), ...codes], ids },
  };
}
