import { filterOf, idOf } from '../support/ozmap-answers.js';
import type { Answer } from '../support/tiny-server.js';
import { json } from '../support/tiny-server.js';

const BOXES = [1, 2, 3].map((n) => ({ _id: idOf(n), name: `CTO ${n}`, coords: [-44, -19.9 - n / 100] }));
const HOMES = [
  { _id: idOf(11), client: null, history: { clients: [{ id: idOf(21), code: '7', exit_date: null }] } },
  { _id: idOf(12), client: null, history: { clients: [{ id: idOf(22), code: '8', exit_date: '2025-01-01' }] } },
];
const CLIENTS = [
  { _id: idOf(21), code: '7', deletedAt: '2025-01-01' },
  { _id: idOf(23), code: '7' },
];

/** An OZmap that is otherwise in everything that reading can tell: bare arrays, no page two, 404 for unknown codes, other words everywhere. */
export const differentOzmap: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://ozmap');
  const path = pathname.replace('/api/v2/', '');
  const refuse = (status: number): void => json(response, { reason: 'nope' }, status);
  if (request.method === 'OPTIONS') return refuse(405);
  if (request.authorization?.startsWith('Bearer')) return refuse(400);
  if (request.authorization !== 'token') return refuse(403);
  if (path === 'authenticated') return json(response, { ok: true });
  if (path === 'boxes') {
    const [first] = filterOf(request);
    const flatOnly = first && !Array.isArray(first) ? first : undefined;
    if (first && !flatOnly) return refuse(500);
    // Equality is understood, and the last condition wins; places are not searched.
    const found = flatOnly?.operator === '=' ? BOXES.slice(1, 2) : BOXES;
    return json(response, found.slice(0, Number(searchParams.get('limit') ?? 25)));
  }
  if (path === 'properties') return json(response, HOMES);
  if (path === 'ftth-clients') return json(response, CLIENTS);
  if (path === 'cables') return json(response, [{ _id: idOf(31), kind: 'Drop' }]);
  if (path === 'properties/client/7') return json(response, { rows: [] });
  if (path === 'ftth-viability/radius') return json(response, { feasible: true, ctos: [] });
  if (path === 'system-configs') return json(response, { id: idOf(41) });
  return refuse(404);
};
