import { z } from 'zod';
import type { Resource } from '../resource.js';
import { text } from '../rules/body.js';
import { changedFields } from './catalogue.js';

const fields = z.object({ name: text, observation: text });

/** Fibres come and go with their cables; only their texts change. */
export const fibers: Resource<'fibers'> = {
  route: 'fibers',
  collection: 'fibers',
  references: { parent: 'cables', project: 'projects', connectors: 'equipment' },
  projectOf: ({ project }) => project,
  present: (fiber) => ({ ...fiber }),
  update: (tx, fiber, body) => {
    const { name = fiber.name, observation = '' } = { observation: fiber.observation, ...changedFields(fields, body) };
    tx.update('fibers', fiber.id, { name: String(name), observation: String(observation) });
  },
};

/** Fibres and cords; there are no cords here. Read only. */
export const networkConnectables: Resource<'fibers'> = {
  route: 'network-connectables',
  collection: 'fibers',
  references: fibers.references,
  projectOf: fibers.projectOf,
  present: fibers.present,
};
