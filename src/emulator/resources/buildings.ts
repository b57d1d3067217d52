import { z } from 'zod';
import { Refused, type Resource } from '../resource.js';
import { externalId, parseBody, place, placeOf, reference, tags, text } from '../rules/body.js';
import { latLng } from '../rules/property-view.js';
import { checkExternalId, checkReferences, creator } from '../rules/references.js';
import { compact } from './boxes.js';
import { changedFields } from './catalogue.js';
import { emptyHousing } from './housing.js';

const fields = z.object({
  ...place,
  name: text.default(''),
  project: reference,
  buildingType: reference,
  implanted: z.boolean().default(true),
  address: text.optional(),
  pole: reference.optional(),
  tags: tags.default([]),
  observation: text.optional(),
  external_id: externalId,
});

/** Vertical condominiums: homes inside have the building where others have a box. */
export const buildings: Resource<'buildings'> = {
  route: 'buildings',
  collection: 'buildings',
  references: {
    project: 'projects',
    buildingType: 'building-types',
    pole: 'base-points',
    tags: 'tags',
    cables: 'cables',
  },
  projectOf: ({ project }) => project,
  present: (building) => ({ ...building, ...latLng(building.coords) }),
  create(tx, body, caller) {
    const { lat, lng, ...given } = parseBody(fields, body);
    const coords = placeOf({ coords: given.coords, lat, lng });
    if (!coords) throw new Refused(400, '"coords" (ou "lat" e "lng") é obrigatório');
    checkReferences(tx, 'projects', given.project, 'project', caller);
    checkReferences(tx, 'building-types', given.buildingType, 'buildingType', caller);
    checkReferences(tx, 'base-points', given.pole, 'pole', caller);
    checkExternalId(tx, 'buildings', body);
    return tx.insert('buildings', {
      ...compact(given),
      kind: 'Building',
      hasProblem: false,
      coords,
      pole: given.pole ?? null,
      cables: [],
      ...creator(caller),
    });
  },
  update(tx, building, body, caller) {
    const { lat, lng, coords, project, ...given } = changedFields(fields, body);
    checkReferences(tx, 'building-types', given.buildingType as string | undefined, 'buildingType', caller);
    checkReferences(tx, 'base-points', given.pole as string | undefined, 'pole', caller);
    checkExternalId(tx, 'buildings', body);
    const moved = placeOf({ coords, lat, lng } as Parameters<typeof placeOf>[0]);
    tx.update('buildings', building.id, { ...given, ...(moved ? { coords: moved } : {}) });
  },
  remove(tx, building) {
    emptyHousing(tx, building.id, building.name);
    tx.remove('buildings', building.id);
  },
};
