import { z } from 'zod';
import type { ConnectorRecord, FiberRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Reader, Transaction } from '../store/store.js';
import { parseBody, reference, referred } from './body.js';
import { freeFibers } from './drops.js';
import { plug, residentOf, unplug } from './ports.js';
import { checkPort, takePort } from './sale-port.js';
import { viabilitySettings } from './settings.js';

/** Inferred: one end of a connection. `disconnect` with id and kind is confirmed; port and side are words of the SDK's change requests. */
const element = z.object({
  id: reference,
  kind: z.string(),
  port: z.number().optional(),
  side: z.enum(['input', 'output']).optional(),
});
const pair = z.object({ elementA: element, elementB: element });
type Element = z.output<typeof element>;

/** A fibre has two ends. */
const FIBER_ENDS = 2;

/**
 * `POST connect`: puts a fibre on a port.
 * Errors: 400 on a body that names no fibre and equipment, another box's drop, a port that is not there; 409 when port or fibre is taken.
 */
export function connect(tx: Transaction, body: Body, caller: Caller): void {
  const { fiber, equipment, wish } = readPair(tx, body, caller);
  if (wish.port === undefined) throw new Refused(400, `"port" é obrigatório`);
  const drop = fiber.isDrop ? tx.get('cables', fiber.parent) : undefined;
  if (drop && drop.boxA !== equipment.parent) {
    throw new Refused(400, `O drop da fibra ${fiber.id} não chega à caixa de ${equipment.name}`);
  }
  // A drop's other end is in the home: it has one connection to give.
  if (fiber.connectors.length >= (fiber.isDrop ? 1 : FIBER_ENDS)) {
    throw new Refused(409, `A fibra ${fiber.id} já está conectada`);
  }
  if (wish.side === 'input') {
    connectInput(tx, equipment, wish.port, fiber);
    return;
  }
  checkPort(tx, equipment, wish.port, viabilitySettings(tx));
  const property = drop && tx.get('properties', drop.boxB);
  takePort(tx, { equipment, port: wish.port }, fiber.id, residentOf(tx, property));
}

/** `POST disconnect`: takes a fibre off the equipment it is on. Errors: 400 when it is not on it. */
export function disconnect(tx: Transaction, body: Body, caller: Caller): void {
  const { fiber, equipment } = readPair(tx, body, caller);
  if (!fiber.connectors.includes(equipment.id)) {
    throw new Refused(400, `A fibra ${fiber.id} não está conectada em ${equipment.name}`);
  }
  unplug(tx, fiber.id, equipment.id);
}

/**
 * `POST cables/{id}/fibers/disconnect`: frees whatever ports the cable's fibres hold; the cable stays in its box.
 * Errors: 404 when the caller sees no such cable.
 */
export function disconnectFibers(tx: Transaction, cableId: string, caller: Caller): void {
  const cable = tx.get('cables', cableId);
  if (!cable || !caller.sees(cable.project)) throw new Refused(404, `Cabo não encontrado: ${cableId}`);
  freeFibers(tx, cable.id);
}

function connectInput(tx: Transaction, equipment: ConnectorRecord, port: number, fiber: FiberRecord): void {
  const held = equipment.connectables.input[port - 1];
  if (held === undefined) throw new Refused(400, `A entrada ${port} não existe em ${equipment.name}`);
  if (held) throw new Refused(409, `A entrada ${port} de ${equipment.name} está ocupada pela fibra ${held}`);
  plug(tx, equipment.id, port, fiber.id, 'input');
}

function readPair(
  reader: Reader,
  body: Body,
  caller: Caller,
): { fiber: FiberRecord; equipment: ConnectorRecord; wish: Element } {
  const { elementA, elementB } = parseBody(pair, body);
  const isFiber = ({ kind }: Element) => kind.toLowerCase() === 'fiber';
  const [end, other] = isFiber(elementA) ? [elementA, elementB] : [elementB, elementA];
  if (!isFiber(end) || isFiber(other))
    throw new Refused(400, 'Um elemento tem que ser "fiber", e o outro o equipamento');
  const equipment = referred(reader, 'equipment', other.id, 'id', caller);
  if (equipment.kind.toLowerCase() !== other.kind.toLowerCase()) {
    throw new Refused(400, `${equipment.name} não é "${other.kind}", e sim "${equipment.kind.toLowerCase()}"`);
  }
  return { fiber: referred(reader, 'fibers', end.id, 'id', caller), equipment, wish: other };
}
