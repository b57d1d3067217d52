import type { ClientRecord, ConnectorRecord } from '../records.js';
import { type Caller, Refused } from '../resource.js';
import type { Reader, Transaction } from '../store/store.js';
import { type Housing, referred } from './body.js';
import { obstacleOn, occupantOf, type Port, plug, portsOf, serviceEquipment, unplug } from './ports.js';
import type { PropertyBody } from './property-body.js';
import { type ViabilitySettings, viabilitySettings } from './settings.js';

/** What a body may say about the port. */
type PortWish = Pick<PropertyBody, 'connector' | 'port' | 'auto_connect'>;

/**
 * The port that a body asks for: the named one, the first free one of the named equipment, or with `auto_connect` the first free one of the box.
 * Undefined when it asks for none.
 * Errors: 400 on a port or equipment that is not there; 409 when it is taken, blocked, or all are.
 */
export function choosePort(reader: Reader, housing: Housing, wish: PortWish, caller: Caller): Port | undefined {
  const settings = viabilitySettings(reader);
  if (!wish.connector) {
    if (wish.port !== undefined) throw new Refused(400, '"port" precisa de "connector"');
    return wish.auto_connect ? firstFree(reader, serviceEquipment(reader, housing.id), settings, housing) : undefined;
  }
  const equipment = referred(reader, 'equipment', wish.connector, 'connector', caller);
  if (equipment.parent !== housing.id) {
    throw new Refused(400, `O equipamento ${equipment.name} não está em ${housing.name}`);
  }
  if (!equipment.isDrop) throw new Refused(400, `O equipamento ${equipment.name} não é de atendimento`);
  if (wish.port === undefined) return firstFree(reader, [equipment], settings, housing);
  checkPort(reader, equipment, wish.port, settings);
  return { equipment, port: wish.port };
}

/** Errors: 400 when the equipment has no such port; 409 when it cannot be sold, saying what is on it. */
export function checkPort(reader: Reader, equipment: ConnectorRecord, port: number, settings: ViabilitySettings): void {
  const ports = equipment.connectables.output.length;
  if (!Number.isInteger(port) || port < 1 || port > ports) {
    throw new Refused(400, `A porta ${port} não existe em ${equipment.name}: há ${ports}`);
  }
  const obstacle = obstacleOn(reader, equipment, port, settings);
  if (!obstacle) return;
  const occupant = occupantOf(reader, equipment, port);
  const holders = {
    client: () => `está ocupada pelo cliente ${occupant?.client?.code}`,
    property: () => `está ocupada pelo imóvel sem cliente ${occupant?.property?.id}`,
    fiber: () => `está ocupada pela fibra ${occupant?.fiber?.id}`,
    blocked: () => 'está bloqueada',
  };
  throw new Refused(409, `A porta ${port} de ${equipment.name} ${holders[obstacle]()}`);
}

/**
 * Connects a home's fibre to the chosen port. A client-less home on it, where the settings let its port be sold, is disconnected and
 * its observation tells for whom (section 5.4); it keeps its drop. Inferred: the wording.
 */
export function takePort(tx: Transaction, chosen: Port, fiberId: string, client: ClientRecord | undefined): void {
  const { equipment, port } = chosen;
  const occupant = occupantOf(tx, equipment, port);
  if (occupant?.property && occupant.fiber) {
    if (!client) throw new Refused(409, `A porta ${port} de ${equipment.name} está ocupada pelo imóvel sem cliente`);
    unplug(tx, occupant.fiber.id);
    const note = `Desconectado quando o cliente ${client.code} foi criado`;
    const observation = [occupant.property.observation, note].filter(Boolean).join('\n');
    tx.update('properties', occupant.property.id, { observation });
  }
  plug(tx, equipment.id, port, fiberId);
}

/** Inferred (section 8, row 6): really free ports first, then those that only the settings make free. */
function firstFree(
  reader: Reader,
  candidates: readonly ConnectorRecord[],
  settings: ViabilitySettings,
  housing: Housing,
): Port {
  const strict = { ...settings, considerPropertyPortsFree: false, considerBlockedPortsFree: false };
  const ports = portsOf(candidates);
  for (const rules of [strict, settings]) {
    const free = ports.find(({ equipment, port }) => !obstacleOn(reader, equipment, port, rules));
    if (free) return free;
  }
  throw new Refused(409, `${housing.name} não tem porta livre`);
}
