import type { PropertyRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Transaction } from '../store/store.js';
import { parseBody, placeOf } from './body.js';
import { attachClient, detachClient } from './clients.js';
import { checkDropLength, dropPath, fiberOfDrop, layDrop, leadDrop, removeCable } from './drops.js';
import { unplug } from './ports.js';
import {
  checkPropertyReferences,
  clientOf,
  type PropertyBody,
  plainFields,
  poleFor,
  propertyBody,
} from './property-body.js';
import { checkSale } from './property-create.js';
import { checkExternalId, findHousing, type Housing, referredHousing } from './references.js';
import { choosePort, takePort } from './sale-port.js';

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
    throw new Refused(409, `O imóvel já tem o cliente ${tx.get('ftth-clients', property.client)?.code}`);
  }
  const client = clientOf(tx, given.client, property.project, given.force, caller);
  attachClient(tx, property.client ? detachClient(tx, property) : property, client);
}

/** Leads the drop where the body says. Guess: the drop keeps its id, whatever box it goes to. */
function changeDrop(tx: Transaction, id: string, given: PropertyBody, moved: boolean, caller: Caller): void {
  const property = current(tx, id);
  if (given.box === null) {
    if (property.drop) removeCable(tx, property.drop);
    tx.update('properties', id, { box: property.parent });
    return;
  }
  const boxId = given.box ?? property.box;
  const housing = boxId ? housingOf(tx, boxId, given, caller) : undefined;
  const rehoused = housing !== undefined && housing.id !== property.box;
  // A home that stays in its box may keep the port it has, even when that box is in project by now.
  checkSale(rehoused ? given : { ...given, force: true }, housing);
  if (!housing || !(rehoused || moved || given.drop_poles || given.connector || given.port || given.auto_connect))
    return;

  const drop = property.drop ? tx.get('cables', property.drop) : undefined;
  const kept = drop && !rehoused ? drop.poles.map((pole) => pole.id) : [];
  const path = dropPath(tx, housing, given.drop_poles ?? kept, property.coords);
  if ((rehoused || moved || given.drop_poles) && !given.force) checkDropLength(tx, path, housing, caller);
  if (drop) leadDrop(tx, drop, housing, path);
  else layDrop(tx, housing, property, path, caller);
  if (rehoused) rehouse(tx, property, housing, given);
  changePort(tx, id, housing, given, caller);
}

/** Guess: the home follows its box into the box's project. */
function rehouse(tx: Transaction, property: PropertyRecord, housing: Housing, given: PropertyBody): void {
  const pole = given.pole ?? poleFor(tx, property.coords, housing, given.drop_poles ?? []);
  const parent = housing.kind === 'Building' ? housing.id : null;
  tx.update('properties', property.id, { box: housing.id, parent, pole, project: housing.project });
  const client = property.client ? tx.get('ftth-clients', property.client) : undefined;
  if (client && client.project !== housing.project) tx.update('ftth-clients', client.id, { project: housing.project });
}

/** Guess: `auto_connect` leaves a home alone that is connected already. */
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
  takePort(tx, chosen, fiber.id, property.client ? tx.get('ftth-clients', property.client) : undefined);
}

function housingOf(tx: Transaction, boxId: string, given: PropertyBody, caller: Caller): Housing | undefined {
  return given.box ? referredHousing(tx, boxId, 'box', caller) : findHousing(tx, boxId, caller);
}

function current(tx: Transaction, id: string): PropertyRecord {
  const property = tx.get('properties', id);
  if (!property) throw new Error(`the home ${id} is gone`);
  return property;
}
