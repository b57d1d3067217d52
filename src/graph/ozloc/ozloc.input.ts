import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ContractCodeField, LocationField, TextField } from '../command-fields.js';
import type { CoordinatesInput } from '../geo/geo.input.js';

/** Which sale a link opens. */
@InputType({ description: 'The sale that a link opens, and what the page shows first.' })
export class CreateOzlocLinkInput {
  @ContractCodeField("CNT's contract code: the only one that the link gives access to.")
  contractCode!: string;

  @TextField(500, 'Address to search first, if there is no location.')
  address?: string | null;

  @LocationField('Location of the client.')
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
    description: 'The client exists and moves to another property.',
  })
  relocate?: boolean | null;
}

/** Whose links end. */
@InputType({ description: 'The contract whose links to revoke.' })
export class RevokeOzlocLinksInput {
  @ContractCodeField("CNT's contract code.")
  contractCode!: string;
}
