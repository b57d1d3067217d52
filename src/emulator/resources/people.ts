import { z } from 'zod';
import { Refused, type Resource } from '../resource.js';
import { name, reference, text } from '../rules/body.js';
import { catalogue } from './catalogue.js';

const TAGGED = [
  ...['cable', 'box', 'pop', 'tower', 'property', 'client', 'building', 'pole', 'prospect', 'post', 'region'],
  ...['horizontalCondominium', 'pendency', 'antenna', 'sector', 'battery', 'radio', 'shelf', 'junctionBox', 'duct'],
  'splitter.ports',
] as const;

export const tagsResource = catalogue({
  route: 'tags',
  collection: 'tags',
  usedBy: [
    ['boxes', 'tags'],
    ['properties', 'tags'],
    ['ftth-clients', 'tags'],
  ],
  fields: z.object({ name, allowedTypes: z.array(z.enum(TAGGED)) }),
});

export const roles = catalogue({
  route: 'roles',
  collection: 'roles',
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
  phone: text.optional(),
  observation: text.optional(),
});

const stored = catalogue({
  route: 'users',
  collection: 'users',
  fields: userFields,
  references: { role: 'roles' },
  // Whoever holds a key acts as its owner, so keys are shown as little as passwords.
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
