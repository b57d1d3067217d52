import type { Body, Caller } from '../resource.js';
import type { Reader, Transaction } from '../store/store.js';

/** A URL's query as the HTTP side parsed it: texts, or lists of texts where a name came twice. */
export type Query = Readonly<Record<string, unknown>>;

/** `GET properties/client/{code}`: the homes of the client with this code that the caller may see, each with its client in it. Empty for an unknown code. */
export function propertiesOfClientCode(_reader: Reader, _code: string, _caller: Caller): Body[] {
  throw new Error('not built yet');
}

/** `POST cables/{id}/fibers/disconnect`: frees whatever ports the cable's fibres hold; the cable stays in its box. */
export function disconnectFibers(_tx: Transaction, _cableId: string, _caller: Caller): void {
  throw new Error('not built yet');
}

/** `POST connect`: puts a fibre on a port. */
export function connect(_tx: Transaction, _body: Body, _caller: Caller): void {
  throw new Error('not built yet');
}

/** `POST disconnect`: takes a fibre off the equipment it is on. */
export function disconnect(_tx: Transaction, _body: Body, _caller: Caller): void {
  throw new Error('not built yet');
}

/** `GET base-boxes/{id}/topology`: what is in a box or building and what its drops lead to. */
export function topology(_reader: Reader, _baseBoxId: string, _caller: Caller): Body {
  throw new Error('not built yet');
}

/** `GET ftth-viability/radius`. */
export function viabilityByRadius(_reader: Reader, _query: Query, _caller: Caller): Body {
  throw new Error('not built yet');
}

/** `GET ftth-viability/poles`. */
export function viabilityByPoles(_reader: Reader, _query: Query, _caller: Caller): Body {
  throw new Error('not built yet');
}
