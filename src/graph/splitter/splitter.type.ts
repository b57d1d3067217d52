import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PORT_STATES, PortState as State } from '../../domain/ports.js';
import type { Splitter as OzmapSplitter } from '../../ozmap/types.js';
import { graphqlEnum } from '../enum.js';

/** Who holds a port. */
const PortStateEnum = graphqlEnum<State>('PortState', 'Who holds a port.', {
  FREE: 'Nobody: may be sold.',
  CLIENT: 'A client.',
  PROPERTY: 'A home without client, or something that this token does not see.',
  BLOCKED: 'Closed by the provider.',
} satisfies Record<(typeof PORT_STATES)[number], string>);

/** A service splitter. Its ports are resolved in splitter.resolver.ts. */
@ObjectType({ description: 'A service splitter: each of its ports may serve a client.' })
export class Splitter {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { description: 'As OZmap names it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Inputs to outputs, e.g. `1:8`.' })
  ratio!: string | null;

  record!: OzmapSplitter;
}

/** One port of a splitter. */
@ObjectType({ description: 'One port of a splitter, and who holds it.' })
export class SplitterPort {
  @Field(() => Int, { description: 'Counts from 1.' })
  number!: number;

  @Field(() => PortStateEnum, { description: 'Who holds it.' })
  state!: State;

  clientId!: string | null;
  propertyId!: string | null;
}

/** A splitter as callers see it. */
export function splitterFrom(record: OzmapSplitter): Splitter {
  const { id, name, ratio } = record;
  return { id, name, ratio: ratio && `${ratio.input}:${ratio.output}`, record };
}
