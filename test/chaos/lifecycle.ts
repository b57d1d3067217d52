import type { Beliefs, Contract } from './belief.js';
import type { Command } from './command.js';
import { Asking } from './commands.js';
import type { Dice } from './dice.js';
import type { Spot } from './plant.js';

/** Tries to sell before the caller gives the contract up. */
const SALES = 4;

/**
 * One contract's way through the years, as the dice have it: reserved, moved, activated or withdrawn, cancelled, brought back, sold again.
 * Each command is asked for once the one before has come to its end; what comes next depends on how that left the contract.
 */
export function* lifecycle(
  contract: Contract,
  { beliefs, spots, dice }: { beliefs: Beliefs; spots: readonly Spot[]; dice: Dice },
): Generator<Command, void> {
  const ask = new Asking(contract, beliefs, spots, dice);
  if (dice.chance(0.2)) yield ask.lead();
  yield* sell();
  if (!contract.client) return;
  if (dice.chance(0.25)) yield ask.extend();
  if (dice.chance(0.3)) yield ask.rename();
  yield* move(0.25);
  if (dice.chance(0.35)) {
    yield ask.withdraw();
    if (dice.chance(0.7)) return;
    yield* sell();
    if (!contract.client) return;
  }
  yield ask.activate();
  if (dice.chance(0.3)) yield ask.rename();
  yield* move(0.3);
  if (dice.chance(0.15)) return;
  yield ask.cancel();
  if (dice.chance(0.4)) yield ask.undo();
  if (contract.client && dice.chance(0.6)) yield ask.cancel();
  if (!contract.client && dice.chance(0.25)) {
    yield* sell();
    if (contract.client && dice.chance(0.5)) yield ask.withdraw();
  }

  function* sell(): Generator<Command, void> {
    for (let tries = 0; tries < SALES && !contract.client; tries += 1) {
      const empty = beliefs.empty();
      yield empty.length > 0 && dice.chance(0.3) ? ask.takeOver(dice.pick(empty)) : ask.reserve();
    }
  }

  function* move(chance: number): Generator<Command, void> {
    if (dice.chance(chance)) yield ask.changePort();
    if (dice.chance(chance)) yield ask.relocate();
    if (dice.chance(chance)) yield ask.transfer();
  }
}
