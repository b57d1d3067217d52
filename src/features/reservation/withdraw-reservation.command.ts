import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { Session } from '../session.js';

/** Which reservation. */
export type WithdrawReservationCommandInput = {
  contractCode: string;
};

/** What was withdrawn. */
export interface WithdrawalOutcome {
  contractCode: string;
  warnings: WarningCode[];
}

/** Gives a reserved port back. */
export const withdrawReservation: Command<Session, WithdrawReservationCommandInput, WithdrawalOutcome> = {
  action: 'reservation.withdraw',
  queueable: true,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
