import { z } from 'zod';
import type { Resource } from '../resource.js';
import { name, reference, text } from '../rules/body.js';
import { catalogue } from './catalogue.js';

/** Guess: what a project gets that says nothing of its drops. The type is OZmap's stock one. */
const DROP_DEFAULTS = { defaults: { cableType: '5d83b2fcd846ae365237b3a1' }, maxSize: 200 };
const LEVELS = { box: { POP: 1, CE: 2, CTO: 3 }, cable: { PRIMARIO: 1, SECUNDARIO: 2, DROP: 3 } };

const cableType = z.object({ cableType: reference });

/** The SDK's type says `type`, every real answer says `defaults`: both are taken, `defaults` is shown. */
const drop = z
  .object({ type: cableType.optional(), defaults: cableType.optional(), maxSize: z.number().positive().optional() })
  .transform(({ type, defaults, maxSize }) => ({
    defaults: defaults ?? type ?? DROP_DEFAULTS.defaults,
    maxSize: maxSize ?? DROP_DEFAULTS.maxSize,
  }));

const area = z.object({
  type: z.literal('Polygon'),
  coordinates: z.array(z.array(z.tuple([z.number(), z.number()]))),
});

const stored = catalogue({
  route: 'projects',
  collection: 'projects',
  references: {},
  usedBy: [
    ['boxes', 'project'],
    ['buildings', 'project'],
    ['properties', 'project'],
  ],
  fields: z.object({
    name,
    identifier: text.optional(),
    parents: z.array(z.object({ project: reference })).default([]),
    lat: z.number().default(0),
    lng: z.number().default(0),
    defaultPonPotency: z.number().default(0),
    drop: drop.default(DROP_DEFAULTS),
    area: area.optional(),
    hierarchyLevels: z
      .object({ box: z.record(z.string(), z.number()), cable: z.record(z.string(), z.number()) })
      .default(LEVELS),
  }),
  projectOf: ({ id }) => id,
});

/** Projects. A change of the longest drop leaves the type of drops as it is. */
export const projects: Resource<'projects'> = {
  ...stored,
  create(tx, body, caller) {
    const made = stored.create?.(tx, body, caller);
    if (!made) throw new Error('projects are created');
    return tx.update('projects', made.id, { hasLogo: false, area: made.area ?? null });
  },
  update(tx, project, body, caller) {
    const given =
      body.drop && typeof body.drop === 'object' ? { ...body, drop: { ...project.drop, ...body.drop } } : body;
    stored.update?.(tx, project, given, caller);
  },
};
