import { Arg, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { SubgraphParts } from '../../src/graph/schema.js';

/* The products subgraph that Apollo's suite asks about, made the way ours is. Its answers are the suite's. */

@ObjectType()
class ProductVariation {
  @Field(() => ID) id!: string;
}

@ObjectType()
class CaseStudy {
  @Field(() => ID) caseNumber!: string;
  @Field(() => String, { nullable: true }) description?: string;
}

@ObjectType()
@Directive('@key(fields: "study { caseNumber }")')
class ProductResearch {
  @Field(() => CaseStudy) study!: CaseStudy;
  @Field(() => String, { nullable: true }) outcome?: string;
}

@ObjectType()
@Directive('@shareable')
class ProductDimension {
  @Field(() => String, { nullable: true }) size?: string;
  @Field(() => Number, { nullable: true }) weight?: number;
  @Field(() => String, { nullable: true }) @Directive('@inaccessible') unit?: string;
}

@ObjectType()
@Directive('@extends')
@Directive('@key(fields: "email")')
class User {
  @Field(() => ID) @Directive('@external') email!: string;
  @Field(() => String, { nullable: true }) @Directive('@override(from: "users")') name?: string;
  @Field(() => Int, { nullable: true }) @Directive('@external') totalProductsCreated?: number;
  @Field(() => Int) @Directive('@external') yearsOfEmployment!: number;
}

@ObjectType()
@Directive('@key(fields: "sku package")')
class DeprecatedProduct {
  @Field(() => String) sku!: string;
  @Field(() => String) package!: string;
  @Field(() => String, { nullable: true }) reason?: string;
  @Field(() => User, { nullable: true }) createdBy?: User;
}

@ObjectType()
@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
class Product {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) sku?: string;
  @Field(() => String, { nullable: true }) package?: string;
  @Field(() => ProductVariation, { nullable: true }) variation?: ProductVariation;
  @Field(() => ProductDimension, { nullable: true }) dimensions?: ProductDimension;
  @Field(() => User, { nullable: true }) @Directive('@provides(fields: "totalProductsCreated")') createdBy?: User;
  @Field(() => String, { nullable: true }) @Directive('@tag(name: "internal")') notes?: string;
  @Field(() => [ProductResearch]) research!: ProductResearch[];
}

@ObjectType()
@Directive('@interfaceObject')
@Directive('@key(fields: "id")')
class Inventory {
  @Field(() => ID) id!: string;
  @Field(() => [DeprecatedProduct]) deprecatedProducts!: DeprecatedProduct[];
}

const jane = (known: object = {}): User => ({
  email: 'support@apollographql.com',
  name: 'Jane Smith',
  totalProductsCreated: 1_337,
  yearsOfEmployment: 10,
  ...known,
});
const deprecated: DeprecatedProduct = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
  createdBy: jane(),
};
const research: ProductResearch[] = [
  { study: { caseNumber: '1234', description: 'Federation Study' } },
  { study: { caseNumber: '1235', description: 'Studio Study' } },
];
const dimensions: ProductDimension = { size: 'small', weight: 1, unit: 'kg' };
const federation: Product = {
  id: 'apollo-federation',
  sku: 'federation',
  package: '@apollo/federation',
  variation: { id: 'OSS' },
  dimensions,
  createdBy: jane(),
  research: research.slice(0, 1),
};
const studio: Product = {
  ...federation,
  id: 'apollo-studio',
  sku: 'studio',
  package: '',
  variation: { id: 'platform' },
};
const products = [federation, { ...studio, research: research.slice(1) }];

@Resolver(() => Product)
class ProductResolver {
  @Query(() => Product, { nullable: true })
  product(@Arg('id', () => ID) id: string): Product | null {
    return products.find((each) => each.id === id) ?? null;
  }

  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: 'Use product query instead' })
  deprecatedProduct(@Arg('sku', () => String) sku: string, @Arg('package', () => String) pack: string) {
    return sku === deprecated.sku && pack === deprecated.package ? deprecated : null;
  }
}

@Resolver(() => User)
class UserResolver {
  @FieldResolver(() => Int, { nullable: true })
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  averageProductsCreatedPerYear(@Root() { totalProductsCreated = 0, yearsOfEmployment }: User): number {
    return Math.round(totalProductsCreated / yearsOfEmployment);
  }
}

export const PRODUCTS: SubgraphParts = {
  resolvers: [ProductResolver, UserResolver],
  orphanedTypes: [Inventory],
  link: `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@composeDirective", "@extends", "@external", "@key", "@inaccessible", "@interfaceObject", "@override", "@provides", "@requires", "@shareable", "@tag"])
  @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])
  @composeDirective(name: "@custom")

directive @custom on OBJECT
`,
  scopes: null,
  references: {
    DeprecatedProduct: async (key) =>
      key.sku === deprecated.sku && key.package === deprecated.package ? deprecated : null,
    Inventory: async ({ id }) => ({ id, deprecatedProducts: id === 'apollo-oss' ? [deprecated] : [] }),
    Product: async ({ id, sku, package: pack, variation }) =>
      products.find(
        (each) =>
          each.id === id ||
          (each.sku === sku && (each.package === pack || each.variation?.id === (variation as ProductVariation)?.id)),
      ) ?? null,
    ProductResearch: async ({ study }) =>
      research.find((each) => each.study.caseNumber === (study as CaseStudy).caseNumber) ?? null,
    User: async (known) => jane(known),
  },
};
