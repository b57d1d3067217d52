import type { Coords, PropertyRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Transaction } from '../store/store.js';
import { checkExternalId, creator, findHousing, type Housing, parseBody, placeOf, referredHousing } from './body.js';
import { attachClient, detachClient } from './clients.js';
import { checkDropLength, dropPath, fiberOfDrop, layDrop, leadDrop, removeCable } from './drops.js';
import { residentOf, unplug } from './ports.js';
import {
  besideBox,
  checkPropertyReferences,
  checkSale,
  clientOf,
  type PropertyBody,
  plainFields,
  poleFor,
  polesAsked,
  projectFor,
  propertyBody,
} from './property-body.js';
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

  const sale = housing && planSale(tx, housing, coords, given, caller);
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
  if (sale) layDrop(tx, sale.housing, property, sale.path, caller);
  const made = current(tx, property.id);
  const fiber = fiberOfDrop(tx, made);
  if (sale?.port && fiber) takePort(tx, sale.port, fiber.id, client);
  return made;
}

/** The way of the new drop, and its port. Errors: as `createProperty`. */
function planSale(tx: Transaction, housing: Housing, coords: Coords | null, given: PropertyBody, caller: Caller) {
  const path = dropPath(tx, housing, polesAsked(tx, given, housing) ?? [], coords);
  if (!given.force) checkDropLength(tx, path, housing, caller);
  return { housing, path, port: choosePort(tx, housing, given, caller) };
}

/**
 * Changes a home. Moving it to another box, port or way leads its one drop there, so that there is never a second drop or connection;
 * `client: null` leaves the home without client, `client` with an id or an object gives it one.
 *
 * Errors: as `createProperty`; 409 too when the home has another client already (unless `force`).
 */
export function updateProperty(tx: Transaction, before: PropertyRecord, body: Body, caller: Caller): void {
  const given = parseBody(propertyBody, body);
  checkExternalId(tx, 'properties', body);
  checkPropertyReferences(tx, given, caller);
  const coords = placeOf(given);
  tx.update('properties', before.id, {
    ...plainFields(given),
    ...(coords ? { coords } : {}),
    ...(given.pole === undefined ? {} : { pole: given.pole }),
  });
  changeClient(tx, before.id, given, caller);
  changeDrop(tx, before.id, given, coords !== undefined, caller);
}

function changeClient(tx: Transaction, id: string, given: PropertyBody, caller: Caller): void {
  const property = current(tx, id);
  if (given.client === undefined || given.client === property.client) return;
  if (given.client === null) {
    if (property.client) detachClient(tx, property);
    return;
  }
  if (property.client && !given.force) {
    throw new Refused(409, `O imóvel já tem o cliente ${residentOf(tx, property)?.code}`);
  }
  const client = clientOf(tx, given.client, property.project, given.force, caller);
  attachClient(tx, property.client ? detachClient(tx, property) : property, client);
}

/** Leads the drop where the body says. */
function changeDrop(tx: Transaction, id: string, given: PropertyBody, moved: boolean, caller: Caller): void {
  const property = current(tx, id);
  if (given.box === null) {
    if (property.drop) removeCable(tx, property.drop);
    tx.update('properties', id, { box: property.parent });
    return;
  }
  const here = property.box ? findHousing(tx, property.box, caller) : undefined;
  const housing = given.box ? referredHousing(tx, given.box, 'box', caller) : here;
  const rehoused = housing !== undefined && housing.id !== property.box;
  // A home that stays in its box may keep the port it has, even when that box is in project by now.
  checkSale(rehoused ? given : { ...given, force: true }, housing);
  const asked = given.drop_poles || given.connector || given.port || given.auto_connect;
  if (!housing || !(rehoused || moved || asked)) return;
  leadTo(tx, property, housing, { given, moved: rehoused || moved }, caller);
  if (rehoused) rehouse(tx, property, housing, given);
  changePort(tx, id, housing, given, caller);
}

/** Inferred: the drop keeps its id, whatever box it goes to, and its poles while its box stays. */
function leadTo(
  tx: Transaction,
  property: PropertyRecord,
  housing: Housing,
  { given, moved }: { given: PropertyBody; moved: boolean },
  caller: Caller,
): void {
  const drop = property.drop ? tx.get('cables', property.drop) : undefined;
  const kept = drop && housing.id === property.box ? drop.poles.map((pole) => pole.id) : [];
  const asked = polesAsked(tx, given, housing);
  const path = dropPath(tx, housing, asked ?? kept, property.coords);
  if ((moved || asked) && !given.force) checkDropLength(tx, path, housing, caller);
  if (drop) leadDrop(tx, drop, housing, path);
  else layDrop(tx, housing, property, path, caller);
}

/** Inferred: the home follows its box into the box's project. */
function rehouse(tx: Transaction, property: PropertyRecord, housing: Housing, given: PropertyBody): void {
  const pole = given.pole ?? poleFor(tx, property.coords, housing, given.drop_poles ?? []);
  const parent = housing.kind === 'Building' ? housing.id : null;
  tx.update('properties', property.id, { box: housing.id, parent, pole, project: housing.project });
  const client = residentOf(tx, property);
  if (client && client.project !== housing.project) tx.update('ftth-clients', client.id, { project: housing.project });
}

/** Inferred: `auto_connect` leaves a home alone that is connected already. */
function changePort(tx: Transaction, id: string, housing: Housing, given: PropertyBody, caller: Caller): void {
  const property = current(tx, id);
  const fiber = fiberOfDrop(tx, property);
  if (!fiber) return;
  const connected = fiber.connectors.length > 0;
  if (connected && !given.connector && given.port === undefined) return;
  const here = given.connector ? tx.get('equipment', given.connector) : undefined;
  if (here && given.port !== undefined && here.connectables.output[given.port - 1] === fiber.id) return;
  const chosen = choosePort(tx, housing, given, caller);
  if (!chosen) return;
  unplug(tx, fiber.id);
  takePort(tx, chosen, fiber.id, residentOf(tx, property));
}

function current(tx: Transaction, id: string): PropertyRecord {
  const property = tx.get('properties', id);
  if (!property) throw new Error(`the home ${id} is gone`);
  return property;
}

/**
 * Takes away a home with its client, drop and connection; the port is free for sale. Inferred: a client that lives in another home too stays.
 */
export function removeProperty(tx: Transaction, property: PropertyRecord): void {
  for (const cable of tx.where('cables', 'boxB', property.id)) removeCable(tx, cable.id);
  if (property.drop) removeCable(tx, property.drop);
  tx.remove('properties', property.id);
  if (property.client && tx.where('properties', 'client', property.client).length === 0) {
    tx.remove('ftth-clients', property.client);
  }
}
