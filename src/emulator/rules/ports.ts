import type { ClientRecord, ConnectorRecord, FiberRecord, PropertyRecord } from '../records.js';
import type { Reader, Transaction } from '../store/store.js';
import type { ViabilitySettings } from './settings.js';

/**
 * What serves clients in a box or building, in the order in which `auto_connect` tries it: splitters first, by name, then by age.
 * Inferred: section 8, row 6.
 */
export function serviceEquipment(reader: Reader, housingId: string): ConnectorRecord[] {
  const service = reader.where('equipment', 'parent', housingId).filter(({ isDrop }) => isDrop);
  return service.sort((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name));
}

const byName = new Intl.Collator('pt-BR', { numeric: true });
const rank = ({ kind }: ConnectorRecord): number => (kind === 'Splitter' ? 0 : 1);

/** Who holds a port. A fibre that leads to no home (a feeder, a cascaded splitter) holds it alone. */
export interface Occupant {
  fiber: FiberRecord | undefined;
  property: PropertyRecord | undefined;
  client: ClientRecord | undefined;
}

/** Undefined when nothing is on the port. Ports count from 1. */
export function occupantOf(reader: Reader, equipment: ConnectorRecord, port: number): Occupant | undefined {
  const fiberId = equipment.connectables.output[port - 1];
  if (!fiberId) return undefined;
  const fiber = reader.get('fibers', fiberId);
  const cable = fiber && reader.get('cables', fiber.parent);
  const property = cable && reader.get('properties', cable.boxB);
  return { fiber, property, client: residentOf(reader, property) };
}

/** The client of a home; undefined where there is none. */
export function residentOf(reader: Reader, property: PropertyRecord | undefined): ClientRecord | undefined {
  return property?.client ? reader.get('ftth-clients', property.client) : undefined;
}

/** Where a fibre is connected; ports count from 1. */
export function portOf(equipment: ConnectorRecord, fiberId: string): number | undefined {
  const index = equipment.connectables.output.indexOf(fiberId);
  return index < 0 ? undefined : index + 1;
}

/** Why a port cannot be sold as the settings stand; undefined when it can. */
export function obstacleOn(
  reader: Reader,
  equipment: ConnectorRecord,
  port: number,
  settings: ViabilitySettings,
): 'blocked' | 'client' | 'property' | 'fiber' | undefined {
  const occupant = occupantOf(reader, equipment, port);
  if (occupant?.client) return 'client';
  if (occupant && !occupant.property) return 'fiber';
  if (occupant && !settings.considerPropertyPortsFree) return 'property';
  return equipment.ports[port - 1]?.blocked && !settings.considerBlockedPortsFree ? 'blocked' : undefined;
}

/** How many clients a box or building could still take, as the settings count. */
export function freePorts(reader: Reader, housingId: string, settings: ViabilitySettings): number {
  const ports = portsOf(serviceEquipment(reader, housingId));
  return ports.filter(({ equipment, port }) => !obstacleOn(reader, equipment, port, settings)).length;
}

/** One port of an equipment; ports count from 1. */
export interface Port {
  equipment: ConnectorRecord;
  port: number;
}

/** All ports of equipment, in order. */
export function portsOf(list: readonly ConnectorRecord[]): Port[] {
  return list.flatMap((equipment) => equipment.connectables.output.map((_, index) => ({ equipment, port: index + 1 })));
}

/** Puts a fibre on one side of an equipment. The port must be free. */
export function plug(
  tx: Transaction,
  equipmentId: string,
  port: number,
  fiberId: string,
  side: 'input' | 'output' = 'output',
): void {
  const equipment = tx.get('equipment', equipmentId);
  const fiber = tx.get('fibers', fiberId);
  if (!equipment || !fiber) return;
  const taken = equipment.connectables[side].map((held, index) => (index === port - 1 ? fiberId : held));
  tx.update('equipment', equipmentId, { connectables: { ...equipment.connectables, [side]: taken } });
  tx.update('fibers', fiberId, { connectors: [...fiber.connectors, equipmentId] });
}

/** Takes a fibre off one equipment, or off all that it is on. */
export function unplug(tx: Transaction, fiberId: string, only?: string): void {
  const fiber = tx.get('fibers', fiberId);
  if (!fiber) return;
  for (const id of fiber.connectors) {
    const equipment = tx.get('equipment', id);
    if (!equipment || (only && only !== id)) continue;
    const without = (held: (string | null)[]) => held.map((other) => (other === fiberId ? null : other));
    const { input, output } = equipment.connectables;
    tx.update('equipment', id, { connectables: { input: without(input), output: without(output) } });
  }
  tx.update('fibers', fiberId, { connectors: only ? fiber.connectors.filter((id) => id !== only) : [] });
}
