import type { Beliefs, Contract, Home, Port } from './belief.js';
import type { Payload } from './command.js';

/*
 * What a caller believes after an acknowledged command. Homes are shared: who leaves one says so only while nobody else has been told that it
 * moved in, because acknowledgements may come in another order than the moves.
 */

/** The port that a payload shows; the service must show one to whoever has a home. */
export function portIn(connection: { equipment: { id: string }; port: number | null } | null | undefined): Port {
  if (!connection || connection.port === null) throw new Error('acknowledged without a port');
  return { connectorId: connection.equipment.id, port: connection.port };
}

function moveIn(contract: Contract, home: Home, port: Port): void {
  const { client, code } = contract;
  if (!client) throw new Error(`${code} has no client`);
  home.livesHere = code;
  home.port = port;
  home.tenants.add(client.id);
  contract.home = home;
}

function moveOut(contract: Contract, change: (home: Home) => void): Home | null {
  const { home, code } = contract;
  contract.home = null;
  if (!home || home.livesHere !== code) return home;
  home.livesHere = null;
  change(home);
  return home;
}

/** A reservation: of a new home in this box, or of one that stood empty. */
export function reserved(
  beliefs: Beliefs,
  contract: Contract,
  into: Home | Pick<Home, 'boxId' | 'location'>,
  { reservation }: Payload,
): void {
  if (!reservation?.property) throw new Error('a reservation was acknowledged without its home');
  const { client, property } = reservation;
  const port = portIn(reservation.connection);
  const known = 'id' in into ? into : null;
  contract.client = { id: client.ozmapId, name: client.name ?? '', implanted: client.implanted ?? false };
  contract.tookOver = known;
  contract.connectedHere = known?.port === null;
  contract.cancellation = null;
  moveIn(
    contract,
    known ?? beliefs.addHome({ id: property.id, boxId: into.boxId, location: into.location, port }),
    port,
  );
}

/** A withdrawal: the home goes, unless somebody had lived there before. */
export function withdrawn(contract: Contract): void {
  const stays = contract.home !== null && (contract.home === contract.tookOver || contract.home.tenants.size > 1);
  const disconnects = contract.home === contract.tookOver && contract.connectedHere;
  moveOut(contract, (home) => {
    home.gone = !stays;
    if (disconnects) home.port = null;
  });
  contract.client = null;
}

/** A cancellation: the home stays, with the code in its observation. */
export function cancelled(contract: Contract, operationId: string, disconnects: boolean): void {
  const { client, home, code } = contract;
  if (!client || !home) throw new Error(`${code} was cancelled without a home`);
  contract.cancellation = { operationId, name: client.name, home, marksIt: !home.cancelled.has(code) };
  // Marks outlive whoever moves in next.
  home.cancelled.add(code);
  moveOut(contract, (left) => {
    if (disconnects) left.port = null;
  });
  contract.client = null;
}

export function undone(contract: Contract, { client }: Payload): void {
  const { cancellation, code } = contract;
  if (!cancellation || !client) throw new Error(`${code} has no cancellation to undo`);
  const { home, marksIt, name } = cancellation;
  contract.client = { id: client.ozmapId, name, implanted: true };
  if (marksIt) home.cancelled.delete(code);
  contract.cancellation = null;
  contract.tookOver = null;
  moveIn(contract, home, portIn(client.connection));
}

/** An address change: what becomes of the old home depends on whether the contract was active, and on who lived there before. */
export function relocated(
  beliefs: Beliefs,
  contract: Contract,
  into: Home | Pick<Home, 'boxId' | 'location'>,
  { keepOld, disconnects }: { keepOld: boolean; disconnects: boolean },
  { client }: Payload,
): void {
  const { code, client: known } = contract;
  if (!client?.property || !known) throw new Error(`${code} was relocated without a home`);
  const port = portIn(client.connection);
  const old = contract.home;
  const goes = known.implanted ? !keepOld : (old?.tenants.size ?? 0) <= 1;
  if (old && known.implanted && keepOld) old.movedAway.add(code);
  moveOut(contract, (home) => {
    home.gone = goes;
    if (disconnects) home.port = null;
  });
  const home = 'id' in into ? into : beliefs.addHome({ id: client.property.id, ...into, port });
  moveIn(contract, home, port);
}

/** A change of account holder: the same client, home and port under another code. */
export function transferred(contract: Contract, to: { code: string; name: string }, { client }: Payload): void {
  const { client: known, home, code } = contract;
  if (!client || !known || !home) throw new Error(`${code} was handed over without client and home`);
  home.handedOver.add(code);
  home.livesHere = to.code;
  contract.code = to.code;
  contract.declaredAt = null;
  contract.client = { ...known, name: to.name };
}
