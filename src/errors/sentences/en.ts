import type { Sentences } from './pt.js';

const metres = (value: number) => `${Math.round(value).toLocaleString('en')} m`;

/** By the field that names the missing thing. */
const THINGS: Readonly<Record<string, string>> = {
  client: "This contract's client was not found",
  contractCode: "This contract's client was not found",
  propertyId: 'The property was not found',
  boxId: 'The box was not found',
  buildingId: 'The building was not found',
  splitterId: 'The splitter was not found',
  operationId: 'The operation was not found',
  deliveryId: 'The delivery was not found',
  port: 'The port was not found',
};

const FIELDS: Readonly<Record<string, string>> = { name: 'the name', observation: 'the observation' };

/** By the field that was not accepted, where there is more to say than that. */
const INPUTS: Readonly<Record<string, string>> = {
  heldOperation:
    'This operation waits for a decision since the journal was restored: whoever runs the integration releases or drops it (npm run journal:held).',
  openerOrigin: 'openerOrigin is no address of the origins that OZLOC_ORIGINS names.',
  returnUrl: 'returnUrl is no address of the origins that OZLOC_ORIGINS names.',
};

/** English: the same sentences, for `Accept-Language: en` and for pages opened in English. */
export const en: Sentences = {
  queued: 'OZmap is away; the command was kept and will be carried out as soon as it is back.',
  reasons: {
    CODE_IN_USE: 'OZmap already has a client with this contract code.',
    CODE_AMBIGUOUS: 'OZmap has more than one client with this contract code; it has to be corrected there.',
    BOX_NOT_OFFERED: 'The chosen box is not among those that can serve this location.',
    BOX_FULL: 'The box has no free port left; choose another.',
    PORT_TAKEN: 'The port is already in use; choose another.',
    DROP_TOO_LONG: ({ limit, actual }) =>
      limit !== undefined && actual !== undefined
        ? `The drop would be ${metres(actual)} long; the project allows ${metres(limit)}.`
        : 'The drop exceeds the length that the project allows.',
    DROP_OFF_NETWORK: ({ actual }) =>
      actual === undefined
        ? "The drop's path leaves the network: its inner points must lie on poles."
        : `Point ${actual + 1} of the drop's path lies on no pole, or an end does not reach the client or the box.`,
    NOT_ACTIVE:
      'The client is not implanted in OZmap, so there is nothing to cancel. If the contract was active in CNT, say so and repeat. A withdrawal is something else: it also deletes the property and the drop.',
    ALREADY_ACTIVE:
      'The client is already implanted in OZmap: there is no reservation any more. What ends an active contract is its cancellation.',
    SEVERAL_PROPERTIES: 'This client has more than one property in OZmap; it has to be corrected there.',
    PROPERTY_OCCUPIED: 'The chosen property already has a client.',
    POLICY_DISABLED: ({ field }) =>
      `This integration's configuration does not allow changing ${FIELDS[field ?? ''] ?? 'this field'}; nothing was written.`,
    OBSERVATION_CHANGED: "OZmap's observation is not the expected one any more; nothing was written.",
    PLAN_CHANGED: 'Things have changed since the plan was shown; check the new plan.',
    IN_PROGRESS: 'Another operation on this contract has not finished; wait for it.',
    BUSY: 'The contract, box or property is in use by another operation; try again in a moment.',
    UNDO_EXPIRED: 'The time to undo this cancellation is over.',
    PORT_NO_LONGER_FREE: 'The port that the client used has been taken.',
    LINKS_NOT_CONFIGURED: 'Links to OZloc are not configured: this service lacks the variable SESSION_SECRET.',
    MISSING_SCOPE: ({ field }) =>
      `This access was not given for this${field === undefined ? '' : `: it lacks ${field}`}. Ask whoever runs the platform.`,
    NO_OZMAP_TOKEN: 'This access is known, but no OZmap token is set up for it. Tell whoever runs the integration.',
    NOT_IN_SAFELIST: 'This service takes only operations that are in its list.',
    OUTSIDE_SALE: ({ limit }) =>
      `This point is ${limit === undefined ? 'far' : `more than ${metres(limit)}`} from the place of this sale. If the contract's address has changed, correct it in CNT and make another link.`,
  },
  codes: {
    NOT_FOUND: ({ field }) =>
      field === 'path'
        ? 'There is nothing at this address.'
        : `${THINGS[field ?? ''] ?? 'Not found'}, or this token may not see its project.`,
    CONFLICT: 'The state of the network does not allow this operation.',
    IDEMPOTENCY_MISMATCH: 'This idempotency key was already used with other data.',
    UPSTREAM_REFUSED: 'OZmap refused the operation.',
    UPSTREAM_UNAVAILABLE: ({ field }) =>
      field === 'OZMAP_TOKEN'
        ? "OZmap refuses this service's own token (OZMAP_TOKEN); nothing was written. Tell whoever runs the integration."
        : field === 'JWT_JWKS_URL'
          ? 'The platform that signs callers in is not answering; nothing was done. Try again in a few minutes.'
          : 'OZmap is not answering; nothing was written. Try again in a few minutes.',
    UPSTREAM_OUTCOME_UNKNOWN:
      'OZmap did not confirm the write: it may or may not have happened. This is being checked; do not repeat before then.',
    UPSTREAM_UNEXPECTED_EFFECT:
      'OZmap confirmed the write, but what is read back is not what was expected; check in OZmap.',
    UPSTREAM_UNEXPECTED_SHAPE: 'OZmap answered in a form that this integration does not know; tell support.',
    GEOCODER_UNAVAILABLE: 'The address search is not answering. Try again in a few minutes, or give a position.',
    GEOCODER_REFUSED:
      'The address search refuses this service. Tell whoever runs the integration; a position can be given meanwhile.',
    GEOCODER_QUOTA: 'The address search has reached its limit of requests. Try again later, or give a position.',
    JOURNAL_UNAVAILABLE:
      'The journal of operations is not answering. Try again; with the same key nothing is done twice.',
    BAD_USER_INPUT: ({ field = '' }) => INPUTS[field] ?? 'Some value was not accepted; check the fields.',
    UNAUTHENTICATED: ({ field }) =>
      field === 'authorization' ? 'The access token is missing.' : 'Access has ended, or is unknown to OZmap.',
    FORBIDDEN: 'OZmap does not allow this with this access.',
    LIMIT_EXCEEDED: ({ limit, actual }) =>
      limit !== undefined && actual !== undefined
        ? `The request exceeds a limit of the service: ${actual} where at most ${limit} are allowed.`
        : 'The request exceeds a limit of the service.',
    RATE_LIMITED: 'Too many requests; wait a moment and try again.',
    REQUEST_TIMEOUT: 'The answer took longer than allowed; try again.',
    INTERNAL_SERVER_ERROR: 'Internal error of the service. If it happens again, tell support the error code.',
  },
};
