import { IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { CoordinatesInput } from '../geo/geo.input.js';

/** Who asked, and where. */
@InputType({ description: 'Who asked, and where.' })
export class CreateProspectInput {
  @IsOptional()
  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'Who asked.' })
  name?: string | null;

  @IsOptional()
  @MaxLength(60)
  @Field(() => String, { nullable: true, description: 'How to call back.' })
  phone?: string | null;

  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: 'The address as it was asked for.' })
  address?: string | null;

  @ValidateNested()
  @Field(() => CoordinatesInput, { description: 'Where.' })
  location!: CoordinatesInput;

  @IsOptional()
  @MaxLength(5_000)
  @Field(() => String, { nullable: true, description: 'A note for whoever calls back.' })
  observation?: string | null;

  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code, where there is one." })
  contractCode?: string | null;
}
