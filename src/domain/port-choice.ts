import { BadUserInputError, ConflictError } from '../errors/app-error.js';
import type { Ports } from './ports.js';
import type { RefusalDetail } from './refusal.js';

interface ServiceSplitter extends Ports {
  id: string;
  parentId: string | null;
  isDrop: boolean;
}

/** Rules across the fields that say where to connect. Errors: BAD_USER_INPUT. */
export function assertPortInput(input: { splitterId?: string | null; port?: number | null }): void {
  if (input.port === undefined || input.port === null) return;
  if (!input.splitterId) {
    throw new BadUserInputError('a port is a port of a splitter: name the splitter too', [{ field: 'splitterId' }]);
  }
  if (!Number.isInteger(input.port) || input.port < 1) {
    throw new BadUserInputError('ports count from 1', [{ field: 'port', limit: 1, actual: input.port }]);
  }
}

/** Errors: BAD_USER_INPUT when the splitter is not one of this box that serves clients. */
export function assertServes(
  splitter: ServiceSplitter | undefined,
  boxId: string,
): asserts splitter is ServiceSplitter {
  if (splitter?.parentId === boxId && splitter.isDrop) return;
  throw new BadUserInputError('the splitter is not a service splitter of this box', [{ field: 'splitterId' }]);
}

/** Where one port of a splitter stands: `taken` by a fibre, `blocked` by the provider, else free. Errors: BAD_USER_INPUT (no such port). */
export function portStanding(splitter: ServiceSplitter, port: number): 'free' | 'taken' | 'blocked' {
  if (port > splitter.outputs.length) {
    const detail = { field: 'port', limit: splitter.outputs.length, actual: port };
    throw new BadUserInputError('the splitter has no such port', [detail]);
  }
  if (splitter.outputs[port - 1] !== null) return 'taken';
  return splitter.blocked[port - 1] ? 'blocked' : 'free';
}

/** The lowest port that nobody holds; null when there is none. */
export function firstFreePort(splitter: Ports): number | null {
  const index = splitter.outputs.findIndex((fiberId, at) => fiberId === null && !splitter.blocked[at]);
  return index < 0 ? null : index + 1;
}

/** True when the box has service splitters and none of their ports is free. */
export function isFull(splitters: readonly (Ports & { isDrop: boolean })[]): boolean {
  const serving = splitters.filter((splitter) => splitter.isDrop);
  return serving.length > 0 && serving.every((splitter) => firstFreePort(splitter) === null);
}

/** The port is held by somebody else. */
export function portTaken(splitterId: string | null, port: number | null): ConflictError {
  return new ConflictError('PORT_TAKEN', 'the port is held by somebody else', [
    ...(splitterId === null ? [] : [{ field: 'splitterId', value: splitterId }]),
    ...(port === null ? [] : [{ field: 'port', value: String(port) }]),
  ]);
}

/** No port of the box is free. */
export function boxFull(boxId: string): ConflictError {
  return new ConflictError('BOX_FULL', 'the box has no free port', [{ field: 'boxId', value: boxId }]);
}

/** A box that OZmap does not offer here, with OZmap's reasons where it gave any: BOX_FULL when a free port is what is missing. */
export function boxNotOffered(boxId: string, reasons: readonly RefusalDetail[]): ConflictError {
  const full = reasons.some((reason) => reason.code === 'NO_FREE_PORT');
  return new ConflictError(full ? 'BOX_FULL' : 'BOX_NOT_OFFERED', 'OZmap does not offer this box at this location', [
    { field: 'boxId', value: boxId },
    ...reasons.flatMap((reason) => [
      {
        field: 'refusal',
        value: reason.code,
        ...(reason.limitM === null ? {} : { limit: reason.limitM }),
        ...(reason.actualM === null ? {} : { actual: reason.actualM }),
      },
      ...(reason.message === null ? [] : [{ field: 'ozmap', value: reason.message }]),
    ]),
  ]);
}
