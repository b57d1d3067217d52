import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ContractCodeField, LocationField, TextField } from '../command-fields.js';
import type { CoordinatesInput } from '../geo/geo.input.js';

/** Which sale a link opens. */
@InputType({ description: 'Which sale a link opens, and what the page shows at once.' })
export class CreateOzlocLinkInput {
  @ContractCodeField("CNT's contract code: the only one that the seller can work on.")
  contractCode!: string;

  @TextField(500, 'Searched at once when there is no location.')
  address?: string | null;

  @LocationField('Where the client stands.')
  location?: CoordinatesInput | null;

  @TextField(200, "The client's name.")
  name?: string | null;

  @IsOptional()
  @ArrayMaxSize(50)
  @MaxLength(100, { each: true })
  @Field(() => [String], { nullable: true, description: 'Viability tags.' })
  tags?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The client exists and moves to another home.',
  })
  relocate?: boolean | null;
}

/** Whose links end. */
@InputType({ description: 'Whose links end.' })
export class RevokeOzlocLinksInput {
  @ContractCodeField("CNT's contract code.")
  contractCode!: string;
}
