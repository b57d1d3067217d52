import { z } from 'zod';
import { colour, maybe, name, reference, text } from '../rules/body.js';
import { STOCK } from '../rules/settings.js';
import { catalogue } from './catalogue.js';

/** Who makes a thing, and how it looks. */
const making = { brand: maybe, mold: maybe, description: maybe };

export const boxTypes = catalogue({
  route: 'box-types',
  usedBy: [['boxes', 'boxType']],
  fields: z.object({
    code: name,
    brand: maybe,
    prefix: z.string().default(''),
    default_template: reference.default(STOCK.boxTemplate),
    mold: maybe,
    default_level: z.number().optional(),
    default_reserve: z.number().default(0),
    description: maybe,
    config: z.object({
      base: z.object({ color: colour('#3388FFFF') }),
      regular: z.object({ fillColor: colour('#3388FFFF') }),
      not_implanted: z.object({ fillColor: colour('#FFA500A6') }),
      draft: z.object({ fillColor: colour('#FFA500A6') }),
    }),
  }),
});

export const buildingTypes = catalogue({
  route: 'building-types',
  usedBy: [['buildings', 'buildingType']],
  fields: z.object({
    code: name,
    prefix: z.string().default(''),
    description: maybe,
    config: z.object({
      implanted: z.object({ color: colour('#08641CFF') }),
      not_implanted: z.object({ color: colour('#08641C73') }),
    }),
  }),
});

const connectionType = z.union([z.literal(0), z.literal(1)]);

export const splitterTypes = catalogue({
  route: 'splitter-types',
  usedBy: [['equipment', 'splitterType']],
  fields: z.object({
    code: name,
    isDrop: z.boolean(),
    ratio: z.object({ input: z.int().min(1), output: z.int().min(2) }),
    isBalanced: z.boolean().default(true),
    prefix: z.string().default('Splitter '),
    size: z.number().min(0).default(0),
    inputConnectionType: connectionType,
    outputConnectionType: connectionType,
    attenuation: z.array(z.number()),
    ...making,
  }),
});

export const connectorTypes = catalogue({
  route: 'connector-types',
  usedBy: [['equipment', 'connectorType']],
  fields: z.object({
    code: name,
    isDrop: z.boolean(),
    loss: z.number(),
    ...making,
  }),
});

const line = (colourOf: string) => z.object({ color: colour(colourOf), weight: z.number().default(6) });

export const cableTypes = catalogue({
  route: 'cable-types',
  usedBy: [['cables', 'cableType']],
  fields: z.object({
    code: name,
    brand: maybe,
    mold: maybe,
    // Inferred: OZmap's model has no kind for cable types; ours keeps drops apart by it.
    kind: z.enum(['Cable', 'Drop']).default('Cable'),
    default_level: z.number(),
    description: maybe,
    config: z.object({ regular: line('#3388FFFF'), not_implanted: line('#FFA500A6') }),
    fiberProfile: reference,
    fiberNumber: z.int().min(1).max(288),
    looseNumber: z.int().min(1),
    base_loss: z.number(),
  }),
});

export const poleTypes = catalogue({
  route: 'pole-types',
  usedBy: [['base-points', 'poleType']],
  fields: z.object({
    name,
    prefix: z.string().default('P_'),
    viabilityAllowed: z.boolean().default(true),
    color: colour('#3388FF'),
    description: text,
  }),
});
