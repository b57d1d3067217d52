import client from '../../../schema/operations/ozloc/client.graphql?raw';
import createProspect from '../../../schema/operations/ozloc/create-prospect.graphql?raw';
import operation from '../../../schema/operations/ozloc/operation.graphql?raw';
import poles from '../../../schema/operations/ozloc/poles.graphql?raw';
import relocateClient from '../../../schema/operations/ozloc/relocate-client.graphql?raw';
import reservation from '../../../schema/operations/ozloc/reservation.graphql?raw';
import reservePort from '../../../schema/operations/ozloc/reserve-port.graphql?raw';
import boxes from '../../../schema/operations/ozloc/surroundings.graphql?raw';
import viability from '../../../schema/operations/ozloc/viability.graphql?raw';
import type * as types from './operation-types.js';

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
