import { z } from 'zod';
import type { SystemConfigRecord } from '../records.js';
import { Refused, type Resource } from '../resource.js';
import { changedFields, checkReferences, degrees, maybe, name, reference, tags } from '../rules/body.js';
import { LEVELS, STOCK } from '../rules/settings.js';
import { catalogue } from './catalogue.js';

/** Inferred: what a project gets that says nothing of its drops. The type is OZmap's stock one. */
const DROP_DEFAULTS = { defaults: { cableType: STOCK.dropType }, maxSize: 200 };

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

const storedProject = catalogue({
  route: 'projects',
  usedBy: [
    ['boxes', 'project'],
    ['buildings', 'project'],
    ['properties', 'project'],
  ],
  fields: z.object({
    name,
    identifier: maybe,
    parents: z.array(z.object({ project: reference })).default([]),
    lat: degrees.default(0),
    lng: degrees.default(0),
    defaultPonPotency: z.number().default(0),
    drop: drop.default(DROP_DEFAULTS),
    area: area.optional(),
    hierarchyLevels: z
      .object({ box: z.record(z.string(), z.number()), cable: z.record(z.string(), z.number()) })
      .default(LEVELS),
  }),
});

/** Projects. A change of the longest drop leaves the type of drops as it is. */
export const projects: Resource<'projects'> = {
  ...storedProject,
  create(tx, body, caller) {
    const made = storedProject.create?.(tx, body, caller);
    if (!made) throw new Error('projects are created');
    return tx.update('projects', made.id, { hasLogo: false, area: made.area ?? null });
  },
  update(tx, project, body, caller) {
    const given =
      body.drop && typeof body.drop === 'object' ? { ...body, drop: { ...project.drop, ...body.drop } } : body;
    storedProject.update?.(tx, project, given, caller);
  },
};

const TAGGED = [
  ...['cable', 'box', 'pop', 'tower', 'property', 'client', 'building', 'pole', 'prospect', 'post', 'region'],
  ...['horizontalCondominium', 'pendency', 'antenna', 'sector', 'battery', 'radio', 'shelf', 'junctionBox', 'duct'],
  'splitter.ports',
] as const;

export const tagsResource = catalogue({
  route: 'tags',
  usedBy: [
    ['boxes', 'tags'],
    ['properties', 'tags'],
    ['ftth-clients', 'tags'],
  ],
  fields: z.object({ name, allowedTypes: z.array(z.enum(TAGGED)) }),
});

export const roles = catalogue({
  route: 'roles',
  usedBy: [['users', 'role']],
  fields: z.object({
    name,
    actions: z.array(z.string()),
    defaultDropSize: z.number().positive().optional(),
    defaultRadius: z.number().positive().optional(),
  }),
});

const userFields = z.object({
  username: name,
  email: z.email(),
  name,
  password: z.string().min(1),
  role: reference,
  resources: z.array(z.string()),
  projects: z.array(z.object({ project: reference, role: reference, fromGroup: z.boolean().default(false) })),
  projectGroups: z.array(z.object({ group: reference })).default([]),
  allProjects: z.boolean().default(false),
  allUsers: z.boolean().default(false),
  apiKey: z.string().optional(),
  locale: z.string().default('pt_BR'),
  phone: maybe,
  observation: maybe,
});

const stored = catalogue({
  route: 'users',
  fields: userFields,
  references: { role: 'roles' },
  // A key acts as its owner, so keys are shown no more than passwords.
  present: ({ password, apiKey, ...shown }) => ({ ...shown }),
});

/** Users: names and e-mail addresses are taken once; passwords and API keys are never shown. */
export const users: Resource<'users'> = {
  ...stored,
  create(tx, body, caller) {
    const user = stored.create?.(tx, body, caller);
    if (!user) throw new Error('users are created');
    if (tx.where('users', 'username', user.username).length > 1) {
      throw new Refused(409, `Já existe um usuário ${user.username}`);
    }
    return user;
  },
  remove(tx, user, caller) {
    if (user.id === caller.user.id) throw new Refused(409, 'Um usuário não apaga a si mesmo');
    tx.remove('users', user.id);
  },
};

/** Inferred (section 8, row 17): where the settings of section 5.4 stand, and under which names. */
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
const list = z.array(z.object({ id: z.number(), name: z.string(), translated_name: z.string() }));
const levels = z.object({ cables: list, boxes: list, pops: list, towers: list });
const fields = z.object({ viability: viability.partial(), hierarchyLevels: levels.partial() });

/** The one object with OZmap's own settings; what a change leaves out stays. */
export const systemConfigs: Resource<'system-configs'> = {
  route: 'system-configs',
  collection: 'system-configs',
  references: {},
  present: (config) => ({ ...config }),
  update(tx, config, body, caller) {
    const given = changedFields(fields, body);
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
