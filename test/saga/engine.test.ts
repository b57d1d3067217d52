import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../src/domain/json.js';
import { SEND, type Write, withAnswer } from '../../src/domain/write.js';
import {
  ConflictError,
  ForbiddenError,
  OutcomeUnknownError,
  UpstreamRefusedError,
  UpstreamUnexpectedEffectError,
} from '../../src/errors/app-error.js';
import { defineChain } from '../../src/saga/chain.js';
import type { Command, Keeping } from '../../src/saga/command.js';
import { defineSaga } from '../../src/saga/engine.js';
import { done, type Saga, underway, untouched, wrong } from '../../src/saga/saga.js';
import { failureOf } from '../support/failure-of.js';

/** A network of named lamps, each off, on, or broken. `fails`: what the write to a lamp throws, once. */
class Lamps {
  readonly lit = new Set<string>();
  readonly log: string[] = [];
  readonly fails = new Map<string, Error>();
  looks = 0;

  write(path: string, apply: () => void): Write<undefined> {
    const send = async () => {
      this.log.push(path);
      const failure = this.fails.get(path);
      this.fails.delete(path);
      if (failure instanceof UpstreamRefusedError) throw failure;
      apply();
      if (failure) throw failure;
      return { status: 204, value: undefined };
    };
    return { method: 'PATCH', path, [SEND]: send };
  }
  light = (name: string) => this.write(`${name}/on`, () => this.lit.add(name));
  douse = (name: string) => this.write(`${name}/off`, () => this.lit.delete(name));
}

type Input = { rooms: string[] };
const STATE = z.object({ hall: z.string(), rooms: z.array(z.string()), receipt: z.string().nullable() });
type State = z.infer<typeof STATE>;
type View = { lit: string[] };
type Lighting = Saga<Lamps, Input, State, View, { receipt: string | null }>;
type Lit = Command<Lamps, Input, { receipt: string | null }>;

/** The hall first, then the rooms, then the sign; 'cursed' makes a look say that something is wrong. */
const lighting: Lighting = {
  action: 'port.change',
  queueable: false,
  state: STATE,
  version: 2,
  migrate: { 1: (old) => ({ ...old, receipt: null }) },
  async plan({ rooms }, lamps) {
    return { projectId: 'p', state: { hall: 'hall', rooms, receipt: null }, view: { lit: [...lamps.lit] } };
  },
  async read(_state, lamps) {
    lamps.looks += 1;
    return { lit: [...lamps.lit] };
  },
  judge({ lit }, { hall, rooms, receipt }) {
    if (lit.includes('cursed'))
      return wrong(new ConflictError('PORT_TAKEN', 'cursed', [{ field: 'port', value: '7' }]));
    const problem = new UpstreamUnexpectedEffectError('dark', [{ field: 'lamp' }]);
    if ([hall, ...rooms, 'sign'].every((lamp) => lit.includes(lamp))) return done({ receipt });
    return lit.includes(hall) ? underway(problem) : untouched(problem);
  },
  steps: [
    {
      name: 'hall.light',
      due: ({ lit }, { hall }) => !lit.includes(hall),
      write: (_view, { hall }, lamps) => withAnswer(lamps.light(hall), () => ({ state: { receipt: 'r1' } })),
    },
    {
      name: 'room.light',
      due: ({ lit }, { rooms }) => rooms.some((room) => !lit.includes(room)),
      write: ({ lit }, { rooms }, lamps) => rooms.filter((room) => !lit.includes(room)).map(lamps.light),
      explain: async () => new ConflictError('BOX_FULL', 'no more current'),
    },
    {
      name: 'sign.light',
      due: ({ lit }, { rooms }) => rooms.every((room) => lit.includes(room)) && !lit.includes('sign'),
      write: (_view, _state, lamps) => lamps.light('sign'),
      retriable: true,
    },
  ],
  async compensate({ hall, rooms }, lamps, step) {
    for (const lamp of [...rooms, hall]) if (lamps.lit.has(lamp)) await step('lamp.douse', lamps.douse(lamp));
    return lamps.lit.has('stuck') ? new UpstreamUnexpectedEffectError('stuck', [{ field: 'stuck' }]) : null;
  },
  record: ({ hall }) => ({ hall }),
};

/** Attempts of one operation, whose memory passes through JSON; what is noted with an intent or a closing is kept. */
function operation(
  lamps: Lamps,
  {
    input = { rooms: ['a', 'b'] },
    saga = lighting,
    command = defineSaga(saga),
    keep = async (_keeping: Keeping) => true,
  }: Partial<{ input: Input; saga: Lighting; command: Lit; keep: (keeping: Keeping) => Promise<boolean> }> = {},
) {
  const steps: string[] = [];
  let facts: JsonObject = {};
  let version: number | null = null;
  return {
    steps,
    facts: () => facts,
    version: () => version,
    look: () => command.look(input, lamps, facts),
    stands: () => command.stands?.(input, lamps, facts),
    run: () =>
      command.run(
        input,
        lamps,
        {
          operationId: 'op-1',
          inProject: () => {},
          keep,
          note: (noted, of = null) => {
            facts = JSON.parse(JSON.stringify({ ...facts, ...noted }));
            version = of;
          },
          step: async (name, write) => {
            steps.push(name);
            return (await write[SEND]()).value;
          },
        },
        facts,
      ),
  };
}

const refused = () => new UpstreamRefusedError(400, 'não');
const lost = () => new OutcomeUnknownError('lost');

describe('A saga', () => {
  it('sends all that is due by one view, reads, goes on, and knows what an answer told', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    expect(await it.run()).toEqual({ receipt: 'r1' });
    expect(lamps.log).toEqual(['hall/on', 'a/on', 'b/on', 'sign/on']);
    expect(it.steps).toEqual(['hall.light', 'room.light', 'room.light', 'sign.light']);
    expect(lamps.looks).toBe(2);
    expect(it.facts().record).toEqual({ hall: 'hall' });
    expect(it.version()).toBe(2);
    expect(await it.look()).toEqual({ seen: 'applied', outcome: { receipt: 'r1' } });
  });

  it.each([
    [[], 'absent'],
    [['hall'], 'partly'],
  ] as const)('with %j there after a lost answer is seen as %s, and done by the next attempt', async (there, seen) => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('hall/on', lost());
    await failureOf(it.run());
    lamps.lit.clear();
    for (const lamp of there) lamps.lit.add(lamp);
    expect(await it.look()).toEqual({ seen });
    await it.run();
    expect(await it.look()).toMatchObject({ seen: 'applied' });
  });

  it('says what is missing where OZmap acknowledged every write, and sends none of them twice', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.light = (name) => lamps.write(`${name}/on`, () => {});
    expect(await failureOf(it.run())).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'lamp' }],
    });
    expect(lamps.log).toEqual(['hall/on', 'a/on', 'b/on']);
  });

  it('takes back what it wrote before a refusal, tells that as the step explains it, and starts afresh', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('b/on', refused());
    expect(await failureOf(it.run())).toMatchObject({ reason: 'BOX_FULL' });
    expect([...lamps.lit]).toEqual([]);
    expect(it.facts()).toEqual({ saga: null, record: null });
    expect([await it.look(), it.version()]).toEqual([{ seen: 'absent' }, null]);
    await it.run();
    expect([...lamps.lit].sort()).toEqual(['a', 'b', 'hall', 'sign']);
  });

  it('takes nothing back where the first write is refused', async () => {
    const lamps = new Lamps();
    lamps.lit.add('a');
    const it = operation(lamps);
    lamps.fails.set('hall/on', refused());
    expect(await failureOf(it.run())).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    expect(lamps.log).toEqual(['hall/on']);
  });

  it('takes back what an earlier attempt wrote, where the first write of the next one is refused', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('hall/on', lost());
    await failureOf(it.run());
    lamps.fails.set('a/on', refused());
    expect(await failureOf(it.run())).toMatchObject({ reason: 'BOX_FULL' });
    expect([...lamps.lit]).toEqual([]);
  });

  it('takes back what it wrote before the caller lost a right, and says which', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    const { light } = lamps;
    const forbidden = async () => Promise.reject(new ForbiddenError('not any more'));
    lamps.light = (name) => (name === 'b' ? { method: 'PATCH', path: 'b/on', [SEND]: forbidden } : light(name));
    expect(await failureOf(it.run())).toMatchObject({ code: 'FORBIDDEN' });
    expect([...lamps.lit]).toEqual([]);
  });

  it('takes back with what the answers of the refused step told before', async () => {
    const lamps = new Lamps();
    const [hall] = lighting.steps;
    if (!hall) throw new Error('no step');
    const known: (string | null)[] = [];
    const saga: Lighting = {
      ...lighting,
      steps: [{ ...hall, write: (view, state, at) => [hall.write(view, state, at), at.light('a')].flat() }],
      compensate: async ({ receipt }) => {
        known.push(receipt);
        return null;
      },
    };
    lamps.fails.set('a/on', refused());
    expect(await failureOf(operation(lamps, { saga }).run())).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    expect(known).toEqual(['r1']);
  });

  it('is planned anew where it had to wait for what it keeps, and where an earlier attempt left nothing', async () => {
    const lamps = new Lamps();
    let plans = 0;
    const saga: Lighting = {
      ...lighting,
      plan: async (...asked) => {
        plans += 1;
        return { ...(await lighting.plan(...asked)), keeps: { propertyIds: ['hall'] } };
      },
    };
    const asked: Keeping[] = [];
    const keep = async (keeping: Keeping) => asked.push(keeping) > 1;
    const it = operation(lamps, { saga, keep });
    lamps.fails.set('hall/on', lost());
    await failureOf(it.run());
    expect(plans).toBe(2);
    lamps.lit.clear();
    await it.run();
    expect(plans).toBe(3);
    expect(asked).toEqual(Array.from({ length: 3 }, () => ({ propertyIds: ['hall'] })));
  });

  it('takes nothing back behind its pivot: the next attempt goes forward', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('sign/on', refused());
    expect(await failureOf(it.run())).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    expect(await it.look()).toEqual({ seen: 'partly' });
    expect(await it.run()).toEqual({ receipt: 'r1' });
    expect(lamps.log.slice(-2)).toEqual(['sign/on', 'sign/on']);
  });

  it('takes nothing back behind its pivot either where OZmap says yes and does nothing', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    const light = lamps.light;
    lamps.light = (name) => (name === 'sign' ? lamps.write('sign/on', () => {}) : light(name));
    expect(await failureOf(it.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect([...lamps.lit]).toEqual(['hall', 'a', 'b']);
    lamps.light = light;
    expect(await it.run()).toEqual({ receipt: 'r1' });
    expect(lamps.log.slice(-2)).toEqual(['sign/on', 'sign/on']);
  });

  it('tells the very problem that it was taken back for, also after a crash on the way back', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('b/on', refused());
    lamps.fails.set('hall/off', lost());
    expect(await failureOf(it.run())).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    expect(await it.look()).toEqual({ seen: 'partly' });
    const failure = await failureOf(it.run());
    expect(failure).toMatchObject({ code: 'CONFLICT', reason: 'BOX_FULL', message: 'no more current' });
  });

  it('is taken back where something else is there than was asked for, with its details after a crash', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    const { light } = lamps;
    lamps.light = (name) => (name === 'b' ? lamps.write('b/on', () => lamps.lit.add('b').add('cursed')) : light(name));
    lamps.fails.set('hall/off', lost());
    await failureOf(it.run());
    for (const lamp of ['hall', 'a', 'b', 'sign']) lamps.lit.add(lamp);
    lamps.lit.delete('cursed');
    expect(await it.stands()).toEqual({ seen: 'absent' });
    lamps.lit.delete('sign');
    expect(await failureOf(it.run())).toMatchObject({
      reason: 'PORT_TAKEN',
      details: [{ field: 'port', value: '7' }],
    });
    expect([...lamps.lit]).toEqual([]);
    expect(lamps.log).not.toContain('sign/on');
  });

  it('takes back with what the look told that found something wrong, also after a crash on the way back', async () => {
    const lamps = new Lamps();
    const known: (string | null)[] = [];
    const saga: Lighting = {
      ...lighting,
      judge: ({ lit }) => {
        const problem = new UpstreamUnexpectedEffectError('dark');
        return lit.length > 0 ? wrong(problem, { receipt: lit.join() }) : untouched(problem);
      },
      compensate: async ({ receipt }, at, step) => {
        known.push(receipt);
        at.lit.clear();
        await step('hall.douse', at.douse('hall'));
        return null;
      },
    };
    const it = operation(lamps, { saga });
    lamps.fails.set('hall/off', lost());
    for (const code of ['UPSTREAM_OUTCOME_UNKNOWN', 'UPSTREAM_UNEXPECTED_EFFECT'])
      expect(await failureOf(it.run())).toMatchObject({ code });
    expect(known).toEqual(['hall,a,b', 'hall,a,b']);
  });

  it('is judged as just written by the attempt that wrote it, and by no other, nor by a look', async () => {
    const lamps = new Lamps();
    const judged: boolean[] = [];
    const saga: Lighting = {
      ...lighting,
      judge: (view, state, justWritten) => {
        judged.push(justWritten);
        return lighting.judge(view, state, justWritten);
      },
    };
    const it = operation(lamps, { saga });
    lamps.fails.set('sign/on', lost());
    await failureOf(it.run());
    expect(judged.splice(0)).toEqual([false, true]);
    await it.look();
    await it.stands();
    await it.run();
    expect(judged).toEqual([false, false, false, false]);
  });

  it('tells how it ended where the way back led elsewhere', async () => {
    const lamps = new Lamps();
    lamps.lit.add('stuck');
    const it = operation(lamps);
    lamps.fails.set('a/on', refused());
    expect(await failureOf(it.run())).toMatchObject({ details: [{ field: 'stuck' }] });
  });

  it('stands for a repeated command while it is done, unless it says otherwise', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    expect(await it.stands()).toEqual({ seen: 'absent' });
    await it.run();
    expect(await it.stands()).toMatchObject({ seen: 'applied' });
    const sold = operation(lamps, { saga: { ...lighting, stands: async () => false } });
    lamps.lit.clear();
    await sold.run();
    expect([(await sold.look()).seen, (await sold.stands())?.seen]).toEqual(['applied', 'absent']);
  });

  it('goes on from a state of an older version, and not from one of a version that it does not know', async () => {
    const lamps = new Lamps();
    const it = operation(lamps);
    lamps.fails.set('a/on', lost());
    await failureOf(it.run());
    const memory = it.facts().saga as JsonObject;
    Object.assign(memory, { version: 1, state: { hall: 'hall', rooms: ['a', 'b'] } });
    expect(await it.run()).toEqual({ receipt: null });
    Object.assign(it.facts().saga as JsonObject, { version: 3 });
    await expect(it.look()).rejects.toThrow('port.change: no state of version 3 is known');
    expect(await it.stands()).toEqual({ seen: 'absent' });
    expect(defineSaga(lighting).versions).toEqual([2, 1]);
  });
});

/** Each room as a lighting of its own; the receipt counts them. */
const roomByRoom = (saga = lighting): Lit =>
  defineChain<Lamps, Input, Record<never, never>, { receipt: string }>({
    action: 'contract.declare',
    queueable: true,
    version: 1,
    commands: [defineSaga(saga)],
    plan: async ({ rooms }) => ({
      links: rooms.map((room) => ({ action: 'port.change', input: { rooms: [room] } })),
      noted: {},
    }),
    outcome: (_noted, outcomes) => ({ receipt: `${outcomes.length} rooms` }),
  });

it('A chain goes on with the link that was cut short, from what that remembers', async () => {
  const lamps = new Lamps();
  const it = operation(lamps, { command: roomByRoom() });
  lamps.fails.set('b/on', lost());
  await failureOf(it.run());
  expect(await it.run()).toEqual({ receipt: '2 rooms' });
  expect(it.steps).toEqual(['hall.light', 'room.light', 'sign.light', 'room.light']);
});

it('A chain that was cut short between two links carries out the second, which knows nothing of the first', async () => {
  const lamps = new Lamps();
  let plans = 0;
  const plan: Lighting['plan'] = async (input, session) => {
    plans += 1;
    if (plans === 2) throw lost();
    return lighting.plan(input, session);
  };
  const it = operation(lamps, { command: roomByRoom({ ...lighting, plan }) });
  await failureOf(it.run());
  expect(await it.run()).toEqual({ receipt: '2 rooms' });
  expect([...lamps.lit]).toEqual(['hall', 'a', 'sign', 'b']);
});

it('A chain of which a link is done is never taken for absent, nor for done before its last', async () => {
  const lamps = new Lamps();
  const chain = defineChain<Lamps, Input, Record<never, never>, null>({
    action: 'contract.declare',
    queueable: true,
    version: 1,
    commands: [defineSaga(lighting)],
    plan: async () => ({ links: [], noted: {} }),
    outcome: () => null,
  });
  const link = { action: 'port.change', input: { rooms: ['a'] } };
  const seen = async (saga: JsonObject | null, done: number) => {
    const outcomes = Array.from({ length: done }, () => null);
    return (await chain.look({ rooms: [] }, lamps, { saga, chain: { links: [link, link], noted: {}, outcomes } })).seen;
  };
  const lit = { version: 2, problem: null, state: { hall: 'hall', rooms: ['a'], receipt: null } };
  expect([await seen(null, 0), await seen(null, 1)]).toEqual(['absent', 'partly']);
  for (const lamp of ['hall', 'a', 'sign']) lamps.lit.add(lamp);
  expect([await seen(lit, 0), await seen(lit, 1)]).toEqual(['partly', 'applied']);
});
