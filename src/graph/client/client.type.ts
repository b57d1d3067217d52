import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { type ClientStatus, CONTRACT_STATES, type ContractState, clientStatus } from '../../domain/status.js';
import type { FtthClient } from '../../ozmap/types.js';
import { graphqlEnum, PageInfo } from '../common.type.js';

/** Status of a contract in OZmap. */
const ClientStatusEnum = graphqlEnum<ClientStatus>('FtthClientStatus', 'Status of a contract in OZmap.', {
  RESERVED: 'A port is reserved; the client is not implanted yet.',
  ACTIVE: 'The client is implanted.',
});

/** The same in the words of `declareContract`. */
const ContractStateEnum = graphqlEnum<ContractState>(
  'FtthContractState',
  'State of a contract in OZmap, in the words of `declareContract`.',
  { AWAITING_ACTIVATION: 'A port is reserved; the client is not implanted yet.', ACTIVE: 'The client is implanted.' },
);

/** The client of a contract. Homes, connection and reservation are resolved in client.resolver.ts. */
@ObjectType({ description: "The client of a contract in OZmap: found by the contract's code." })
@Directive('@key(fields: "contractCode")')
@Directive('@key(fields: "ozmapId")')
export class Client {
  @Field(() => ID, { description: "CNT's contract code, which is the client's code in OZmap. Opaque text." })
  contractCode!: string;

  @Field(() => ID, { nullable: true, description: "OZmap's id." })
  ozmapId!: string;

  @Field(() => String, { nullable: true, description: "The client's name in OZmap." })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Free text on the client in OZmap.' })
  observation!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True once the contract has been activated.' })
  implanted!: boolean;

  @Field(() => ClientStatusEnum, { nullable: true, description: 'Contract status, derived from `implanted`.' })
  status!: ClientStatus;

  @Field(() => ContractStateEnum, { nullable: true, description: '`status` in the words of `declareContract`.' })
  contractState!: ContractState;

  record!: FtthClient;
}

/** A client as callers see it. */
export function clientFrom(record: FtthClient): Client {
  const { id, code, name, observation, implanted } = record;
  const status = clientStatus(record);
  const contractState = CONTRACT_STATES[status];
  return { contractCode: code, ozmapId: id, name, observation, implanted, status, contractState, record };
}

/** A client in a list. */
@ObjectType({ description: 'A client in a list.' })
export class ClientEdge {
  @Field(() => String, { description: 'Cursor of this client, for `after`.' })
  cursor!: string;

  @Field(() => Client, { description: 'The client itself.' })
  node!: Client;
}

/** A page of clients. */
@ObjectType({ description: 'A page of clients, the best matches first.' })
export class ClientConnection {
  @Field(() => [ClientEdge], { description: 'The clients of this page.' })
  edges!: ClientEdge[];

  @Field(() => PageInfo, { description: 'Cursors and whether there are more.' })
  pageInfo!: PageInfo;
}
