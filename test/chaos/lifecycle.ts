import type { Beliefs, Contract } from './belief.js';
import type { Command } from './command.js';
import { Asking, type Word } from './commands.js';
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
  // An ERP that declares says nothing else of a contract's states.
  const declares = dice.chance(0.4);
  if (dice.chance(0.35)) {
    yield* declares ? words(dice.pick(['AWAITING_ACTIVATION', 'WITHDRAWN']), 'WITHDRAWN') : [ask.withdraw()];
    if (dice.chance(0.7)) return;
    yield* sell();
    if (!contract.client) return;
  }
  if (declares && dice.chance(0.3)) yield* words('ACTIVE', 'BLOCKED', 'CANCELLED');
  else yield* activeYears(declares);
  if (!contract.client && dice.chance(0.25)) {
    yield* sell();
    if (contract.client && dice.chance(0.5)) yield ask.withdraw();
  }

  /** The last counts. Those before it may go unheard, arrive late or never; and now and then one is said again when it is long over. */
  function* words(...states: Word[]): Generator<Command, void> {
    const last = states.length - 1;
    for (const [n, state] of states.entries()) {
      if (n < last && dice.chance(0.4)) continue;
      yield ask.declare(state, { unheard: n < last && dice.chance(0.7) });
    }
    if (dice.chance(0.4)) yield ask.declareOlder(dice.pick(['ACTIVE', 'CANCELLED', 'WITHDRAWN', 'BLOCKED']));
  }

  function* activeYears(declares: boolean): Generator<Command, void> {
    yield* declares ? words(dice.pick(['AWAITING_ACTIVATION', 'ACTIVE']), 'ACTIVE') : [ask.activate()];
    if (dice.chance(0.3)) yield ask.rename();
    yield* move(0.3);
    if (dice.chance(0.15)) return;
    yield* declares ? words(dice.pick(['BLOCKED', 'CANCELLED']), 'CANCELLED') : [ask.cancel()];
    if (contract.cancellation && dice.chance(0.4)) yield ask.undo();
    if (contract.client && dice.chance(0.6)) yield ask.cancel();
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
