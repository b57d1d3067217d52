import type * as types from './operation-types.js';
import client from './operations/client.graphql?raw';
import createProspect from './operations/create-prospect.graphql?raw';
import operation from './operations/operation.graphql?raw';
import poles from './operations/poles.graphql?raw';
import relocateClient from './operations/relocate-client.graphql?raw';
import reservation from './operations/reservation.graphql?raw';
import reservePort from './operations/reserve-port.graphql?raw';
import boxes from './operations/surroundings.graphql?raw';
import viability from './operations/viability.graphql?raw';

/** A GraphQL operation as text, carrying the types that codegen made for it. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Never there: it only ties the types to the text. */
  readonly types?: (variables: Variables) => Data;
}

function operationOf<Data, Variables>(name: string, text: string): Operation<Data, Variables> {
  return { name, text };
}

export const viabilityQuery = operationOf<types.OzlocViabilityQuery, types.OzlocViabilityQueryVariables>(
  'OzlocViability',
  viability,
);
export const boxesQuery = operationOf<types.OzlocBoxesQuery, types.OzlocBoxesQueryVariables>('OzlocBoxes', boxes);
export const polesQuery = operationOf<types.OzlocPolesQuery, types.OzlocPolesQueryVariables>('OzlocPoles', poles);
export const clientQuery = operationOf<types.OzlocClientQuery, types.OzlocClientQueryVariables>('OzlocClient', client);
export const reservationQuery = operationOf<types.OzlocReservationQuery, types.OzlocReservationQueryVariables>(
  'OzlocReservation',
  reservation,
);
export const operationQuery = operationOf<types.OzlocOperationQuery, types.OzlocOperationQueryVariables>(
  'OzlocOperation',
  operation,
);
export const reservePortMutation = operationOf<types.OzlocReservePortMutation, types.OzlocReservePortMutationVariables>(
  'OzlocReservePort',
  reservePort,
);
export const relocateClientMutation = operationOf<
  types.OzlocRelocateClientMutation,
  types.OzlocRelocateClientMutationVariables
>('OzlocRelocateClient', relocateClient);
export const createProspectMutation = operationOf<
  types.OzlocCreateProspectMutation,
  types.OzlocCreateProspectMutationVariables
>('OzlocCreateProspect', createProspect);
