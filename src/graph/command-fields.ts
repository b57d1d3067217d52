import { ArrayMaxSize, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, ID, Int } from 'type-graphql';
import { MapPointInput } from './geo.type.js';

/*
 * Fields that several mutation inputs have in common: rules and GraphQL description in one decorator each, so that a port is a port
 * wherever one is asked for. Decorators, not a base class, because a schema's readers expect fields in the order of their own input.
 */

/** `ID`, required: which contract. */
export const ContractCodeField = (description = "CNT's contract code.") => all(Field(() => ID, { description }));

/** `String`, 1 to 200 characters, optional. */
export const IdempotencyKeyField = () =>
  all(
    IsOptional(),
    Length(1, 200),
    Field(() => String, {
      nullable: true,
      description:
        "The caller's own key for this command: a repetition with the same input is answered, not carried out again.",
    }),
  );

/** `ID`, optional: an OZmap id. */
export const OzmapIdField = (description: string) =>
  all(
    IsOptional(),
    MaxLength(64),
    Field(() => ID, { nullable: true, description }),
  );

/** `ID`, optional: goes with `PortField`. */
export const SplitterIdField = () => OzmapIdField('A splitter of the box; any free port if absent.');

/** `Int`, counted from 1, optional. */
export const PortField = () =>
  all(
    IsOptional(),
    Min(1),
    Max(1_024),
    Field(() => Int, { nullable: true, description: 'Port of the splitter, counted from 1; needs `splitterId`.' }),
  );

/** Coordinates in order from the client to the box, at most 200, optional. */
export const DropPathField = () =>
  all(
    IsOptional(),
    ArrayMaxSize(200),
    ValidateNested({ each: true }),
    Field(() => [MapPointInput], {
      nullable: true,
      description: 'From the client to the box; inner points lie on poles. A straight line if absent.',
    }),
  );

/** `{ lat, lng }`, optional. */
export const LocationField = (description: string) =>
  all(
    IsOptional(),
    ValidateNested(),
    Field(() => MapPointInput, { nullable: true, description }),
  );

/** `String` of at most `max` characters, optional. */
export const TextField = (max: number, description: string) =>
  all(
    IsOptional(),
    MaxLength(max),
    Field(() => String, { nullable: true, description }),
  );

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
