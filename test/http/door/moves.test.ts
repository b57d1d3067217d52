import { expect, it } from 'vitest';
import { besides, pick } from '../../support/plant.js';
import { openCommands, tryCommands } from './door-commands.js';

const opened = await openCommands();
const { journalled, door, commands, aContract, anotherBox, homes, onPort } = opened;

tryCommands(
  opened,
  commands.filter(({ route }) => route === '/relocation' || route === '/port'),
);

it.each<[boolean | string | undefined, string]>([
  [true, 'is taken off its port, which is free again'],
  ['0', 'stays on its port'],
  [undefined, 'stays on its port, as CANCEL_DISCONNECTS_DROP is not set'],
] as const)(
  'After a relocation with disconnectDrop %j the drop of the home that is left %s',
  async (disconnectDrop) => {
    const held = await aContract('ACTIVE');
    const to = anotherBox(held);
    const body = { boxId: to.id, ...besides(to), ...(disconnectDrop !== undefined && { disconnectDrop }) };
    const moved = await door.ask('POST', `/contracts/${encodeURIComponent(held.code)}/relocation`, { body });
    expect([moved.status, moved.body.oldPropertyId]).toEqual([200, held.home.id]);
    const left = pick(await homes(), ({ id }) => id === held.home.id);
    expect([left.connections, left.client ?? null]).toEqual([
      disconnectDrop === true ? [] : held.home.connections,
      null,
    ]);
    const { splitterId, port } = onPort(held);
    const splitters = await journalled.subgraph.emulator.all<{ id: string; connectables: { output: unknown[] } }>(
      'splitters',
    );
    const output = pick(splitters, ({ id }) => id === splitterId).connectables.output[Number(port) - 1];
    expect(output === null).toBe(disconnectDrop === true);
  },
);
