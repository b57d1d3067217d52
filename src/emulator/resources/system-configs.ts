import { z } from 'zod';
import type { SystemConfigRecord } from '../records.js';
import type { Resource } from '../resource.js';
import { tags } from '../rules/body.js';
import { checkReferences } from '../rules/references.js';
import { changedFields } from './catalogue.js';

/** Guess (section 8, row 17): where the settings of section 5.4 stand, and under which names. */
const viability = z.object({
  mode: z.enum(['radius', 'poles']),
  radius: z.number().positive(),
  maxBoxes: z.int().min(1),
  poleRadius: z.number().positive(),
  considerPropertyPortsFree: z.boolean(),
  considerBlockedPortsFree: z.boolean(),
  considerHorizontalCondominiums: z.boolean(),
  tags,
});
const level = z.object({ id: z.number(), name: z.string(), translated_name: z.string() });
const levels = z.object({
  cables: z.array(level),
  boxes: z.array(level),
  pops: z.array(level),
  towers: z.array(level),
});
const fields = z.object({ viability: viability.partial(), hierarchyLevels: levels.partial() });

/** The one object with OZmap's own settings; what a change leaves out stays. */
export const systemConfigs: Resource<'system-configs'> = {
  route: 'system-configs',
  collection: 'system-configs',
  references: {},
  projectOf: () => null,
  present: (config) => ({ ...config }),
  update(tx, config, body, caller) {
    const given = changedFields(fields, body) as z.output<typeof fields>;
    checkReferences(tx, 'tags', given.viability?.tags, 'viability.tags', caller);
    const patch: Partial<SystemConfigRecord> = {};
    if (given.viability)
      patch.viability = { ...config.viability, ...(given.viability as SystemConfigRecord['viability']) };
    if (given.hierarchyLevels) {
      const changed = given.hierarchyLevels as SystemConfigRecord['hierarchyLevels'];
      patch.hierarchyLevels = { ...config.hierarchyLevels, ...changed };
    }
    tx.update('system-configs', config.id, patch);
  },
};
