import { lastMarked } from '../../../domain/contract-mark.js';
import { OzlocClientDocument } from '../../../generated/operations.js';
import {
  OzlocKeptHomesDocument,
  OzlocPortsDocument,
  OzlocRelocateClientDocument,
  OzlocReservationDocument,
  OzlocReservePortDocument,
} from '../../../generated/ozloc-commands.js';
import { type GraphqlClient, type IdempotencyKeys, RequestFailed } from '../../shared/graphql-client.js';
import { dropPathInput, isUnderWay, leavesHome, saleIssues, typedFlat } from '../state/selectors.js';
import type {
  Choice,
  ExistingClient,
  Outcome,
  OzlocState,
  Position,
  Reservation,
  SaleRequest,
  Splitters,
} from '../state/state.js';
import { type EffectContext, type Refusal, refusalOf, tookAwayAccess, troubleOf } from './context.js';
import { settle } from './settle.js';

/** The command for what is chosen and typed; null while there is nothing to sell. */
export function saleRequest(state: OzlocState, keys: IdempotencyKeys): SaleRequest | null {
  const { choice, position, form } = state;
  if (!choice || !position) return null;
  const contractCode = form.contractCode.trim();
  const address = form.address.trim();
  const where = { contractCode, ...placeOf(choice, position, state), ...(address ? { address } : {}) };
  if (state.mode === 'relocate') {
    const { keepOldProperty, disconnectDrop } = form;
    const frees = keepOldProperty && typeof disconnectDrop === 'boolean' ? { disconnectDrop } : {};
    const input = { ...where, ...(leavesHome(state) ? { keepOldProperty, ...frees } : {}) };
    const key = keys.keyFor(input);
    return { kind: 'relocated', key, contractCode, input: { ...input, idempotencyKey: key } };
  }
  const name = form.name.trim();
  const observation = form.observation.trim();
  const input = { ...where, ...(name ? { name } : {}), ...(observation ? { observation } : {}) };
  const key = keys.keyFor(input);
  return { kind: 'reserved', key, contractCode, input: { ...input, idempotencyKey: key } };
}

/** Where the choice is, as the command takes it. */
function placeOf(choice: Choice, { lat, lng }: Position, state: OzlocState) {
  if (choice.kind === 'home') return { propertyId: choice.propertyId };
  if (choice.kind === 'flat') {
    const { vacantId } = typedFlat(state);
    return vacantId === null
      ? { buildingId: choice.buildingId, apartment: state.form.apartment.trim() }
      : { propertyId: vacantId };
  }
  const dropPath = dropPathInput(state);
  return { boxId: choice.boxId, location: { lat, lng }, ...(dropPath ? { dropPath } : {}), ...portOf(choice) };
}

function portOf({ target }: Extract<Choice, { kind: 'box' }>) {
  if (!target) return {};
  const { splitterId, port } = target;
  return port === null ? { splitterId } : { splitterId, port };
}

/** Sends the command once. Errors: RequestFailed. */
export async function send(client: GraphqlClient, request: SaleRequest): Promise<{ done: Outcome } | Refusal> {
  if (request.kind === 'relocated') {
    const { relocateClient: payload } = await client.request(OzlocRelocateClientDocument, { input: request.input });
    if (payload?.client) {
      const reservation = asReservation(payload.client);
      return { done: { kind: 'relocated', reservation, warnings: payload.warnings, operationId: idOf(payload) } };
    }
    return refusalOf(payload?.problem, payload?.operation?.id);
  }
  const { reservePort: payload } = await client.request(OzlocReservePortDocument, { input: request.input });
  if (payload?.reservation) {
    const { reservation, warnings } = payload;
    return { done: { kind: 'reserved', reservation, warnings, operationId: idOf(payload) } };
  }
  return refusalOf(payload?.problem, payload?.operation?.id);
}

function idOf({ operation }: { operation: { id: string } | null }): string | null {
  return operation?.id ?? null;
}

/** The contract's state in OZmap after the command succeeded; null when it cannot be read now. */
export async function outcomeNow(
  client: GraphqlClient,
  request: SaleRequest,
  operationId: string | null,
): Promise<Outcome | null> {
  const { contractCode, kind } = request;
  try {
    if (kind === 'relocated') {
      const { client: moved } = await client.request(OzlocClientDocument, { contractCode });
      return moved && { kind, reservation: asReservation(moved), warnings: [], operationId };
    }
    const { reservation } = await client.request(OzlocReservationDocument, { contractCode });
    return reservation && { kind, reservation, warnings: [], operationId };
  } catch {
    return null;
  }
}

function asReservation(client: ExistingClient): Reservation {
  const { contractCode, name, observation, property, connection, reservation } = client;
  return {
    contractCode,
    expiresAt: reservation?.expiresAt ?? null,
    client: { name, observation },
    property,
    box: property?.box ?? null,
    building: property?.building ?? null,
    connection,
    drop: property?.drop ?? null,
  };
}

export interface SaleEffects {
  /** Reserves the port, or moves the client: once, however often it is pressed. */
  submit(): Promise<void>;
  /** Splitters of a box and who uses their ports. Errors: RequestFailed. */
  portsOf(boxId: string): Promise<Splitters>;
  /** Whose contract it is, as far as the token sees; null: of nobody whom it sees. Errors: RequestFailed. */
  holderOf(contractCode: string): Promise<ExistingClient | null>;
  /** The contract that left a kept home last; null where nothing names it, or the token may not see what does. Errors: RequestFailed. */
  formerContract(propertyId: string): Promise<string | null>;
  /** Brings a command to its end that was sent before the page was loaded anew. */
  carryOut(request: SaleRequest): Promise<void>;
}

export function createSaleEffects(context: EffectContext, refreshOffers: () => Promise<void>): SaleEffects {
  const { store, client, keys } = context;

  async function carryOut(request: SaleRequest) {
    const end = await settle(context, {
      key: request.key,
      sent: { command: 'sale', request },
      send: () => send(client, request),
      standing: (operationId) => outcomeNow(client, request, operationId),
    });
    if ('done' in end) store.dispatch({ type: 'sale.done', outcome: end.done });
    else if (end.code !== 'UNAUTHENTICATED') void refreshOffers();
  }

  return {
    async submit() {
      const state = store.get();
      if (isUnderWay(state.submission.status) || saleIssues(state).length > 0) return;
      const request = saleRequest(state, keys);
      if (request) await carryOut(request);
    },
    async portsOf(boxId) {
      const { box } = await client.request(OzlocPortsDocument, { boxId }).catch((error: unknown) => {
        tookAwayAccess(context, troubleOf(error).code);
        throw error;
      });
      if (!box?.splitters) throw new RequestFailed('HTTP');
      return box.splitters;
    },
    async holderOf(contractCode) {
      return (await client.request(OzlocClientDocument, { contractCode })).client;
    },
    async formerContract(propertyId) {
      const { position } = store.get();
      if (!position) return null;
      const { lat, lng } = position;
      const { viability } = await client.request(OzlocKeptHomesDocument, { input: { location: { lat, lng } } });
      return lastMarked(viability?.reusableProperties.find(({ id }) => id === propertyId)?.observation ?? null);
    },
    carryOut,
  };
}
