import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PORT_STATES, PortState as State } from '../../domain/ports.js';
import type { Splitter as OzmapSplitter } from '../../ozmap/types.js';
import { graphqlEnum } from '../enum.js';

/** Who holds a port. */
const PortStateEnum = graphqlEnum<State>('PortState', 'Who uses a port of a splitter.', {
  FREE: 'Nobody; the port may be sold.',
  CLIENT: "A client's drop is connected to it.",
  PROPERTY: 'Used by a property without client, or by something that this token does not see.',
  BLOCKED: 'Blocked by the provider.',
} satisfies Record<(typeof PORT_STATES)[number], string>);

/** A service splitter. Its ports are resolved in splitter.resolver.ts. */
@ObjectType({ description: 'A service splitter: each of its ports may serve a client.' })
export class Splitter {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { description: 'Its name in OZmap.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Inputs to outputs, e.g. `1:8`.' })
  ratio!: string | null;

  record!: OzmapSplitter;
}

/** One port of a splitter. */
@ObjectType({ description: 'One port of a splitter, and who uses it.' })
export class SplitterPort {
  @Field(() => Int, { description: 'Port number, counted from 1.' })
  number!: number;

  @Field(() => PortStateEnum, { description: 'Who uses the port.' })
  state!: State;

  clientId!: string | null;
  propertyId!: string | null;
}

/** A splitter as callers see it. */
export function splitterFrom(record: OzmapSplitter): Splitter {
  const { id, name, ratio } = record;
  return { id, name, ratio: ratio && `${ratio.input}:${ratio.output}`, record };
}
