import type { PropertyRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Reader, Transaction } from '../store/store.js';
import { parseBody, placeOf } from './body.js';
import { attachClient } from './clients.js';
import { checkDropLength, dropPath, fiberOfDrop, layDrop } from './drops.js';
import {
  besideBox,
  checkPropertyReferences,
  clientOf,
  type PropertyBody,
  plainFields,
  poleFor,
  propertyBody,
} from './property-body.js';
import { checkExternalId, creator, type Housing, referred, referredHousing } from './references.js';
import { choosePort, takePort } from './sale-port.js';

/**
 * Makes a home with all that OZmap makes along with it: its client, the drop from its box (laid whenever a box is named), the drop's
 * fibre, the connection where one is asked for, and the client's entry in the history.
 *
 * Errors: 400 on missing or unknown fields, a box in project, or a drop beyond the limit (the last two unless `force`);
 *         409 when the code, the client, or the port is taken, or the box is full.
 */
export function createProperty(tx: Transaction, body: Body, caller: Caller): PropertyRecord {
  const given = parseBody(propertyBody, body);
  const housing = given.box ? referredHousing(tx, given.box, 'box', caller) : undefined;
  checkExternalId(tx, 'properties', body);
  checkPropertyReferences(tx, given, caller);
  checkSale(given, housing);
  const project = projectFor(tx, given, housing, caller);
  const coords = placeOf(given) ?? besideBox(housing);
  if (!coords && housing?.kind !== 'Building')
    throw new Refused(400, '"coords" (ou "lat" e "lng") ou "box" é obrigatório');

  const path = housing && dropPath(tx, housing, given.drop_poles ?? [], coords);
  if (housing && path && !given.force) checkDropLength(tx, path, housing, caller);
  const port = housing && choosePort(tx, housing, given, caller);
  const client = given.client ? clientOf(tx, given.client, project, given.force, caller) : undefined;

  const property = tx.insert('properties', {
    kind: 'Property',
    observation: '',
    ...plainFields(given),
    box: housing?.id ?? null,
    pole: given.pole ?? poleFor(tx, coords, housing, given.drop_poles ?? []),
    client: null,
    drop: null,
    parent: housing?.kind === 'Building' ? housing.id : null,
    tags: given.tags ?? [],
    project,
    coords,
    cables: [],
    towers: [],
    history: { clients: [] },
    ...creator(caller),
  });
  if (client) attachClient(tx, property, client);
  if (housing && path) layDrop(tx, housing, property, path, caller);
  const made = tx.get('properties', property.id) ?? property;
  const fiber = fiberOfDrop(tx, made);
  if (port && fiber) takePort(tx, port, fiber.id, client);
  return made;
}

/** What makes no sense without a box, and what is not for sale. Guess: `force` opens a box in project. */
export function checkSale(given: PropertyBody, housing: Housing | undefined): void {
  const { connector, port, auto_connect, drop_poles } = given;
  const wishes = { connector, port, auto_connect, drop_poles: drop_poles?.length };
  const wish = housing ? undefined : Object.entries(wishes).find(([, value]) => value);
  if (wish) throw new Refused(400, `"${wish[0]}" precisa de "box"`);
  if (housing?.kind === 'Box' && housing.draft && !given.force) {
    throw new Refused(400, `A caixa ${housing.name} está em projeto`);
  }
}

/** Guess: a home cannot stand in another project than its box. */
function projectFor(reader: Reader, given: PropertyBody, housing: Housing | undefined, caller: Caller): string {
  const id = given.project ?? housing?.project;
  if (!id) throw new Refused(400, '"project" ou "box" é obrigatório');
  const project = referred(reader, 'projects', id, 'project', caller);
  if (housing && housing.project !== id) throw new Refused(400, `A caixa ${housing.name} é de outro projeto`);
  return project.id;
}
