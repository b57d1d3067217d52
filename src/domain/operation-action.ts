/** Noun.verb; never changed once written. */
export const OPERATION_ACTIONS = [
  'port.reserve',
  'client.activate',
  'client.update',
  'client.cancel',
  'reservation.withdraw',
  'port.change',
  'client.relocate',
  'client.transfer',
  'reservation.extend',
  'cancellation.undo',
  'prospect.create',
  'contract.declare',
] as const;
export type OperationAction = (typeof OPERATION_ACTIONS)[number];
