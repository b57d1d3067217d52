import { boxFull, isFull, portStanding, portTaken } from '../../domain/port-choice.js';
import { folded } from '../../domain/text.js';
import { type AppError, ConflictError, type UpstreamRefusedError } from '../../errors/app-error.js';
import type { Session } from '../session.js';

/** What a refused write had asked for. */
export interface RefusedPlacement {
  /** The code that was to be new; absent when the client existed already. */
  code?: string;
  boxId?: string | null;
  target?: { connectorId: string; port: number } | null;
}

/** The code is another client's. Its project may be one that this token does not see. */
export function codeInUse(code: string): ConflictError {
  return new ConflictError('CODE_IN_USE', 'a client with this code exists', [{ field: 'contractCode', value: code }]);
}

/** Somebody lives in that home. */
export function occupied({ id }: { id: string }): ConflictError {
  return new ConflictError('PROPERTY_OCCUPIED', 'the home has a client', [{ field: 'propertyId', value: id }]);
}

/**
 * Finds out by reading why OZmap refused to connect a home: its words differ, its state does not lie. Reads only after a refusal.
 * What cannot be explained, also because the reading fails, stays UPSTREAM_REFUSED with OZmap's own text.
 */
export async function explainRefusal(
  session: Session,
  refusal: UpstreamRefusedError,
  placement: RefusedPlacement,
): Promise<AppError> {
  const state = await explainByState(session, placement).catch(() => null);
  if (state) return state;
  if (saysDropTooLong(refusal.upstreamMessage)) {
    return new ConflictError('DROP_TOO_LONG', 'OZmap refuses the drop as too long', refusal.details);
  }
  const { code } = placement;
  return code !== undefined && saysCodeInUse(refusal.upstreamMessage) ? codeInUse(code) : refusal;
}

async function explainByState(
  { ozmap }: Session,
  { code, boxId = null, target = null }: RefusedPlacement,
): Promise<ConflictError | null> {
  if (code !== undefined) {
    const holders = await ozmap.findClientsByCodes([code]);
    if (holders.some((client) => client.code === code)) return codeInUse(code);
  }
  if (target) {
    const [splitter] = await ozmap.findSplittersByIds([target.connectorId]);
    return splitter && portStanding(splitter, target.port) !== 'free' ? portTaken(splitter.id, target.port) : null;
  }
  return boxId !== null && isFull(await ozmap.findSplittersByBoxIds([boxId])) ? boxFull(boxId) : null;
}

/**
 * Inferred: no sample of OZmap's refusals was ever seen (reference/ozmap.md 3.4). That a code is taken is first looked up; this only tells it
 * where the other client is of a project that the token does not see. A correction belongs here and nowhere else.
 */
export function saysCodeInUse(upstreamMessage: string | undefined): boolean {
  const text = folded(upstreamMessage ?? '');
  return (
    (/\b(code|codigo)\b/.test(text) &&
      /(exist|in use|taken|duplic|unique|em uso|utilizad|usad|cadastrad)/.test(text)) ||
    /e11000|duplicate key.*code/.test(text)
  );
}

/** Inferred: what OZmap answers when a drop is longer than the caller may sell. */
export function saysDropTooLong(upstreamMessage: string | undefined): boolean {
  return /drop/i.test(upstreamMessage ?? '') && /(too long|longer|longo|limit|max|exce)/i.test(upstreamMessage ?? '');
}
