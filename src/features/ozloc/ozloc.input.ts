import { ArrayMaxSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { CoordinatesInput } from '../geo/geo.input.js';

/** Which sale a link opens. */
@InputType({ description: 'Which sale a link opens, and what the page shows at once.' })
export class CreateOzlocLinkInput {
  @Field(() => ID, { description: "CNT's contract code: the only one that the seller can work on." })
  contractCode!: string;

  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: 'Searched at once when there is no location.' })
  address?: string | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => CoordinatesInput, { nullable: true, description: 'Where the client stands.' })
  location?: CoordinatesInput | null;

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, { nullable: true, description: "The client's name." })
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
