import { SEND, type Write } from '../../src/domain/write.js';
import {
  ConflictError,
  NotFoundError,
  OutcomeUnknownError,
  UpstreamRefusedError,
  UpstreamShapeError,
  UpstreamUnavailableError,
} from '../../src/errors/app-error.js';
import type { AnyCommand } from '../../src/saga/command.js';
import { byHand } from './by-hand.js';

/** How the next write goes: well; refused; never sent; applied with its answer lost, or in no shape that we know; lost; applied later with its answer lost. */
export type Fate = 'ok' | 'refuse' | 'unsent' | 'lost-after' | 'garbled' | 'lost-before' | { lateMs: number };

/** A network small enough to reason about: boxes with ports, contracts on them, their names. */
export class FakePlant {
  /** Contract → box. */
  readonly held = new Map<string, string>();
  readonly names = new Map<string, string>();
  readonly active = new Set<string>();
  /** Every write that was applied, in order. */
  readonly log: string[] = [];
  readonly ports: number;
  /** Reads and writes fail: nothing answers. */
  away = false;
  reads = 0;
  latencyMs: number;
  private readonly fates: Fate[] = [];

  constructor({ ports = 3, latencyMs = 1 }: { ports?: number; latencyMs?: number } = {}) {
    this.ports = ports;
    this.latencyMs = latencyMs;
  }

  /** The fates of the next writes. */
  next(...fates: Fate[]): void {
    this.fates.push(...fates);
  }

  async read<T>(what: () => T): Promise<T> {
    this.reads += 1;
    await this.pause();
    if (this.away) throw new UpstreamUnavailableError('away');
    return what();
  }

  write(method: 'POST' | 'PATCH' | 'DELETE', path: string, apply: () => void): Write<undefined> {
    return {
      method,
      path,
      [SEND]: async () => {
        const fate = this.fates.shift() ?? 'ok';
        await this.pause();
        if (this.away || fate === 'unsent') throw new UpstreamUnavailableError('away');
        if (fate === 'refuse') throw new UpstreamRefusedError(400, 'Porta ocupada por Maria');
        const doIt = () => {
          apply();
          this.log.push(`${method} ${path}`);
        };
        if (typeof fate === 'object') setTimeout(doIt, fate.lateMs);
        else if (fate !== 'lost-before') doIt();
        if (fate === 'garbled') throw new UpstreamShapeError('properties', 'id');
        if (fate !== 'ok') throw new OutcomeUnknownError('no answer');
        return { status: 204, value: undefined };
      },
    };
  }

  inBox(boxId: string): number {
    return [...this.held.values()].filter((box) => box === boxId).length;
  }

  private pause(): Promise<void> {
    return new Promise((done) => setTimeout(done, this.latencyMs));
  }
}

export type Reserve = { contractCode: string; boxId: string; name?: string };
export type Named = { contractCode: string; name: string };
export type Coded = { contractCode: string };

/** A client is another one on another box. */
const clientIn = (boxId: string | undefined) => ({ boxId, client: { id: `client on ${boxId}` } });

export const reserve = byHand<FakePlant, Reserve, ReturnType<typeof clientIn>>({
  action: 'port.reserve',
  queueable: false,
  async run({ contractCode, boxId }, plant, operation) {
    const full = await plant.read(() => plant.inBox(boxId) >= plant.ports);
    operation.inProject('sul');
    if (plant.held.get(contractCode) === boxId) return clientIn(boxId);
    if (plant.held.has(contractCode)) throw new ConflictError('CODE_IN_USE', 'taken');
    if (full) throw new ConflictError('BOX_FULL', 'full', [{ field: 'boxId', value: boxId }]);
    operation.note({ boxId, secretName: 'Maria' }, 1);
    await operation.step(
      'property.create',
      plant.write('POST', 'properties', () => plant.held.set(contractCode, boxId)),
    );
    return clientIn(boxId);
  },
  look: ({ contractCode, boxId }, plant) =>
    plant.read(() =>
      plant.held.get(contractCode) === boxId ? { seen: 'applied', outcome: clientIn(boxId) } : { seen: 'absent' },
    ),
  madeId: ({ client }) => client.id,
});

export const withdraw = byHand<FakePlant, Coded & { onlyClientId?: string }, { contractCode: string }>({
  action: 'reservation.withdraw',
  queueable: true,
  async run({ contractCode, onlyClientId = null }, plant, operation) {
    const box = await plant.read(() => plant.held.get(contractCode));
    operation.inProject('sul');
    const meant = onlyClientId === null || onlyClientId === clientIn(box).client.id;
    if (box === undefined || !meant) throw new NotFoundError('contractCode', contractCode);
    if (plant.active.has(contractCode)) throw new ConflictError('ALREADY_ACTIVE', 'active');
    await operation.step(
      'property.delete',
      plant.write('DELETE', 'properties/1', () => plant.held.delete(contractCode)),
    );
    return { contractCode };
  },
  look: ({ contractCode }, plant) =>
    plant.read(() =>
      plant.held.has(contractCode) ? { seen: 'absent' } : { seen: 'applied', outcome: { contractCode } },
    ),
});

/** The same client, until another time. Writes nothing. */
export const extend = byHand<FakePlant, Coded & { until: string }, ReturnType<typeof clientIn> & { expiresAt: string }>(
  {
    action: 'reservation.extend',
    queueable: false,
    async run({ contractCode, until }, plant, operation) {
      const box = await plant.read(() => plant.held.get(contractCode));
      if (box === undefined) throw new NotFoundError('contractCode', contractCode);
      operation.inProject('sul');
      return { ...clientIn(box), expiresAt: until };
    },
    look: async () => ({ seen: 'absent' }),
    madeId: ({ client }) => client.id,
  },
);

/** The same client, under another code. */
export const transfer = byHand<
  FakePlant,
  Coded & { newContractCode: string; expiresAt: string | null },
  ReturnType<typeof clientIn> & { expiresAt: string | null }
>({
  action: 'client.transfer',
  queueable: false,
  async run({ contractCode, newContractCode, expiresAt }, plant, operation) {
    const box = await plant.read(() => plant.held.get(contractCode));
    if (box === undefined) throw new NotFoundError('contractCode', contractCode);
    operation.inProject('sul');
    operation.note({ newContractCode }, 1);
    await operation.step(
      'client.transfer',
      plant.write('PATCH', `ftth-clients/${contractCode}`, () => {
        plant.held.delete(contractCode);
        plant.held.set(newContractCode, box);
      }),
    );
    return { ...clientIn(box), expiresAt };
  },
  look: ({ newContractCode, expiresAt }, plant) =>
    plant.read(() => {
      const box = plant.held.get(newContractCode);
      return box === undefined ? { seen: 'absent' } : { seen: 'applied', outcome: { ...clientIn(box), expiresAt } };
    }),
  madeId: ({ client }) => client.id,
});

/** Two writes, so that it can stop half-way: implanted, then named. */
export const activate = byHand<FakePlant, Coded, { contractCode: string }>({
  action: 'client.activate',
  queueable: true,
  async run({ contractCode }, plant, operation) {
    const seen = await plant.read(() => ({
      active: plant.active.has(contractCode),
      named: plant.names.get(contractCode) === 'ativo',
    }));
    operation.inProject('sul');
    if (!seen.active)
      await operation.step(
        'client.implant',
        plant.write('PATCH', `ftth-clients/${contractCode}`, () => plant.active.add(contractCode)),
      );
    operation.note({ implanted: true }, 1);
    if (!seen.named)
      await operation.step(
        'client.name',
        plant.write('PATCH', `ftth-clients/${contractCode}/name`, () => plant.names.set(contractCode, 'ativo')),
      );
    return { contractCode };
  },
  look: ({ contractCode }, plant) =>
    plant.read(() => {
      const active = plant.active.has(contractCode);
      if (active && plant.names.get(contractCode) === 'ativo') return { seen: 'applied', outcome: { contractCode } };
      return { seen: active ? 'partly' : 'absent' };
    }),
});

export const rename = byHand<FakePlant, Named, { name: string }>({
  action: 'client.update',
  queueable: true,
  async run({ contractCode, name }, plant, operation) {
    await plant.read(() => {});
    operation.inProject('sul');
    await operation.step(
      'client.rename',
      plant.write('PATCH', `ftth-clients/${contractCode}`, () => plant.names.set(contractCode, name)),
    );
    return { name };
  },
  look: ({ contractCode, name }, plant) =>
    plant.read(() =>
      plant.names.get(contractCode) === name ? { seen: 'applied', outcome: { name } } : { seen: 'absent' },
    ),
});

export const fakeCommands: AnyCommand<FakePlant>[] = [reserve, withdraw, extend, transfer, activate, rename];
