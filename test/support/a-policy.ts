import type { Policy } from '../../src/domain/policy.js';

/** The policy that .env.example describes, with what the test changes. */
export function aPolicy(changes: Partial<Policy> = {}): Policy {
  return {
    updateClientName: true,
    updateClientObservation: true,
    cancelDisconnectsDrop: false,
    reservationTtlHours: 0,
    reservationWarningHours: 0,
    viabilityValidMinutes: 30,
    viabilityRadiusM: null,
    polePinMaxM: 10,
    cntStates: [],
    undoWindowHours: 24,
    timeZone: 'America/Sao_Paulo',
    ...changes,
  };
}
