/** FREE may be sold; CLIENT and PROPERTY are held (the latter by a home without client); BLOCKED is closed by the provider. */
export const PORT_STATES = ['FREE', 'CLIENT', 'PROPERTY', 'BLOCKED'] as const;
export type PortState = (typeof PORT_STATES)[number];

/** One output of a splitter and who holds it. `number` counts from 1. */
export interface PortHolder {
  number: number;
  state: PortState;
  clientId: string | null;
  propertyId: string | null;
}

/** Port n is at n - 1. */
export interface Ports {
  /** Fibre ids; null where nothing is connected. */
  outputs: readonly (string | null)[];
  blocked: readonly boolean[];
}

interface ConnectedHome {
  id: string;
  clientId: string | null;
  connections: readonly { id: string; port: number | null; fiberId: string | null }[];
}

/**
 * Who holds each port of a splitter, from the homes of its box: never fibre by fibre.
 *
 * A fibre that belongs to none of the homes still holds its port: PROPERTY without id, because we cannot see whose it is
 * (a home of a project that this token does not see, or a cable that goes on). A blocked port that somebody holds is held.
 */
export function portsOf(splitter: Ports & { id: string }, homes: readonly ConnectedHome[]): PortHolder[] {
  const byPort = new Map<number, ConnectedHome>();
  const byFiber = new Map<string, ConnectedHome>();
  for (const home of homes) {
    for (const connection of home.connections) {
      if (connection.id !== splitter.id) continue;
      if (connection.port !== null) byPort.set(connection.port, home);
      if (connection.fiberId !== null) byFiber.set(connection.fiberId, home);
    }
  }
  return splitter.outputs.map((fiberId, index) => {
    const number = index + 1;
    const home = (fiberId === null ? undefined : byFiber.get(fiberId)) ?? byPort.get(number);
    if (home) {
      const { id: propertyId, clientId } = home;
      return { number, state: clientId === null ? 'PROPERTY' : 'CLIENT', clientId, propertyId };
    }
    const state: PortState = fiberId !== null ? 'PROPERTY' : splitter.blocked[index] ? 'BLOCKED' : 'FREE';
    return { number, state, clientId: null, propertyId: null };
  });
}

/** How many of these ports may be sold as they stand. */
export function countFree(ports: readonly PortHolder[]): number {
  return ports.filter((port) => port.state === 'FREE').length;
}
