import { hasMark } from '../../src/domain/contract-mark.js';
import type { Beliefs, Contract, Home } from './belief.js';
import type { Inventory } from './plant.js';

/**
 * Compares what was acknowledged with what OZmap holds: nothing missing, nothing twice, nothing stray. Returns a sentence for each difference.
 * `before` is what stood there before the run, which nothing may have touched.
 */
export function compare(beliefs: Beliefs, before: Inventory, after: Inventory): string[] {
  return [
    ...beliefs.contracts.flatMap((contract) => contractFaults(contract, after)),
    ...[...beliefs.homes.values()].flatMap((home) => homeFaults(home, after)),
    ...strays(beliefs, before, after),
    ...portFaults(beliefs, before, after),
    ...leadFaults(beliefs, before, after),
  ];
}

function contractFaults({ code, client, home }: Contract, after: Inventory): string[] {
  const found = after.clients.filter((each) => each.code === code);
  if (!client) return found.length === 0 ? [] : [`${code}: has ${found.length} clients, and should have none`];
  const [only, ...more] = found;
  if (!only) return [`${code}: its client is missing`];
  const homes = after.homes.filter((each) => each.client?.id === only.id);
  return [
    ...(more.length > 0 ? [`${code}: has ${found.length} clients`] : []),
    ...(only.id === client.id ? [] : [`${code}: is client ${only.id}, and was told ${client.id}`]),
    ...(only.implanted === client.implanted ? [] : [`${code}: implanted is ${only.implanted}`]),
    ...(only.name === client.name ? [] : [`${code}: is named ${only.name}, and should be ${client.name}`]),
    ...(homes.length === 1 && homes[0]?.id === home?.id
      ? []
      : [`${code}: lives in ${homes.map(({ id }) => id).join(' and ') || 'no home'}, and was told ${home?.id}`]),
  ];
}

function homeFaults(home: Home, after: Inventory): string[] {
  const { id, boxId, port, livesHere } = home;
  const found = after.homes.find((each) => each.id === id);
  if (home.gone) return found ? [`home ${id}: is still there`] : [];
  if (!found) return [`home ${id}: is missing${livesHere ? `, ${livesHere} lives there` : ''}`];
  const drops = after.drops.filter((drop) => drop.boxB === id);
  const ends = drops.map(({ boxA }) => boxA).join(' and ') || 'nowhere';
  const on = found.connections.map((each) => `${each.id}:${each.port}`).join(' and ') || 'nothing';
  const should = port ? `${port.connectorId}:${port.port}` : 'nothing';
  return [
    ...((found.client?.code ?? null) === livesHere
      ? []
      : [`home ${id}: houses ${found.client?.code ?? 'nobody'}, and should house ${livesHere ?? 'nobody'}`]),
    ...(found.box === boxId ? [] : [`home ${id}: is on box ${found.box}, and should be on ${boxId}`]),
    ...(ends === boxId && drops[0]?.id === found.drop
      ? []
      : [`home ${id}: its drop leads to ${ends}, not to ${boxId}`]),
    ...(on === should ? [] : [`home ${id} (${livesHere ?? 'empty'}): is on ${on}, and should be on ${should}`]),
    ...markFaults(home, found.observation ?? ''),
  ];
}

/** Each mark stands there exactly once, and no mark that should not. */
function markFaults({ id, cancelled, movedAway, handedOver }: Home, observation: string): string[] {
  const lines = observation.split('\n').filter((line) => line.startsWith('[CNT '));
  const missing = [
    ...[...cancelled].filter((code) => !hasMark(observation, { kind: 'cancelado', code, day: null })),
    ...[...movedAway].filter((code) => !hasMark(observation, { kind: 'mudou de endereço', code, day: null })),
    ...[...handedOver].filter((code) => !hasMark(observation, { kind: 'mudou de titular', code, day: null })),
  ];
  return [
    ...missing.map((code) => `home ${id}: does not tell of ${code}`),
    ...(lines.length + missing.length === cancelled.size + movedAway.size + handedOver.size
      ? []
      : [
          `home ${id}: tells ${JSON.stringify(lines)} and should of ${[...cancelled, ...movedAway, ...handedOver].join(', ')}`,
        ]),
  ];
}

function strays({ contracts, homes }: Beliefs, before: Inventory, after: Inventory): string[] {
  const known = {
    homes: new Set([...before.homes.map(({ id }) => id), ...homes.keys()]),
    clients: new Set(before.clients.map(({ id }) => id)),
    drops: new Set(before.drops.map(({ id }) => id)),
  };
  const codes = new Set(contracts.filter(({ client }) => client).map(({ code }) => code));
  return [
    ...after.homes
      .filter(({ id }) => !known.homes.has(id))
      .map(({ id, client }) => `stray home ${id} of ${client?.code}`),
    ...after.clients
      .filter(({ id, code }) => !known.clients.has(id) && !codes.has(code))
      .map(({ id, code }) => `stray client ${id} with code ${code}`),
    ...after.drops
      .filter(({ id, boxB }) => !known.drops.has(id) && !homes.has(boxB))
      .map(({ id, boxB }) => `stray drop ${id} to ${boxB}`),
    ...gone(before.homes, after.homes).map((id) => `home ${id} of the inventory is gone`),
    ...gone(before.clients, after.clients).map((id) => `client ${id} of the inventory is gone`),
    ...gone(before.drops, after.drops).map((id) => `drop ${id} of the inventory is gone`),
  ];
}

function gone(before: readonly { id: string }[], after: readonly { id: string }[]): string[] {
  const left = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !left.has(id)).map(({ id }) => id);
}

/** Ports in use are those of the inventory and those of the homes: one each. */
function portFaults({ homes }: Beliefs, before: Inventory, after: Inventory): string[] {
  const told = new Map<string, string[]>();
  for (const { id, port, gone: isGone } of homes.values()) {
    if (!port || isGone) continue;
    const key = `${port.connectorId}:${port.port}`;
    told.set(key, [...(told.get(key) ?? []), id]);
  }
  const held = (splitters: Inventory['splitters']) =>
    new Map(
      splitters.flatMap(({ id, connectables }) => connectables.output.map((fibre, i) => [`${id}:${i + 1}`, fibre])),
    );
  const earlier = held(before.splitters);
  return [
    ...[...told]
      .filter(([, ids]) => ids.length > 1)
      .map(([port, ids]) => `port ${port} was told to ${ids.join(' and ')}`),
    ...[...held(after.splitters)].flatMap(([port, fibre]) => {
      const was = earlier.get(port) ?? null;
      if (was !== null) return fibre === was ? [] : [`port ${port} of the inventory has another fibre`];
      if ((fibre !== null) === told.has(port)) return [];
      return [
        `port ${port} is ${fibre === null ? 'free, and was told to' : 'held, and was told to nobody'} ${told.get(port) ?? ''}`,
      ];
    }),
  ];
}

/** Each lead once. */
function leadFaults({ leads }: Beliefs, before: Inventory, after: Inventory): string[] {
  const earlier = new Set(before.leads.map(({ id }) => id));
  const told = new Set([...leads.values()].map(({ id }) => id));
  const found = new Set(after.leads.map(({ id }) => id));
  return [
    ...[...leads].filter(([, { id }]) => !found.has(id)).map(([phone]) => `the lead ${phone} is missing`),
    ...after.leads
      .filter(({ id }) => !earlier.has(id) && !told.has(id))
      .map(({ id, phone }) => `stray lead ${id} of ${phone}`),
  ];
}
