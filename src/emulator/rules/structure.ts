import type { ConnectorRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Reader, Transaction } from '../store/store.js';
import { plug, unplug } from './ports.js';
import { getHousing, topology } from './topology.js';

/** What a drawing places by id; each in a column of its own until somebody moves it. */
const COLUMNS = ['cables', 'drops', 'splitters', 'connectors', 'fusions', 'switches'] as const;
const COLUMN_PX = 200;
const ROW_PX = 60;

/**
 * `GET base-boxes/{id}/design`: where the inside of a box or building is drawn, by the ids of its topology.
 * Errors: 404 when the caller sees no such box.
 */
export function design(reader: Reader, baseBoxId: string, caller: Caller): Body {
  const { id, project, ...content } = topology(reader, baseBoxId, caller);
  const positions: Record<string, Body | unknown[]> = Object.fromEntries(
    COLUMNS.map((kind, column) => {
      const ids = Object.keys(content[kind] as Body);
      return [kind, Object.fromEntries(ids.map((one, row) => [one, { x: column * COLUMN_PX, y: row * ROW_PX }]))];
    }),
  );
  const drawn = (reader.get('box-designs', baseBoxId)?.positions ?? {}) as Record<string, Body>;
  for (const [kind, places] of Object.entries(drawn)) {
    positions[kind] = Array.isArray(places) ? places : { ...positions[kind], ...places };
  }
  return { id, box: id, project, isTemplate: false, template: null, positions };
}

/**
 * `PATCH base-boxes/{id}/structure` with `{ structure: { topology, design } }`: keeps the drawing, and connects fibres as the topology says.
 * Inferred: what has no place in it stays as it is.
 *
 * Errors: 400 on a fibre of another box; 404 when the caller sees no such box; 409 when the checksum is an older topology's;
 *         501 for equipment that is not there yet.
 */
export function updateStructure(tx: Transaction, baseBoxId: string, body: Body, caller: Caller): void {
  const { id } = getHousing(tx, baseBoxId, caller);
  const structure = (body.structure ?? {}) as { topology?: Record<string, Record<string, Body>>; design?: Body };
  if (structure.topology) connectAs(tx, id, structure.topology, caller);
  const positions = structure.design?.positions;
  if (!positions) return;
  const drawn = tx.get('box-designs', id);
  if (drawn) tx.update('box-designs', id, { positions });
  else tx.insert('box-designs', { id, positions });
}

type Ends = ConnectorRecord['connectables'];

function connectAs(tx: Transaction, boxId: string, wanted: Record<string, Record<string, Body>>, caller: Caller): void {
  const now = topology(tx, boxId, caller);
  const { checksum } = wanted as { checksum?: unknown };
  if (typeof checksum === 'string' && checksum !== now.checksum)
    throw new Refused(409, 'A caixa mudou desde a leitura');
  const changes = COLUMNS.slice(2).flatMap((kind) =>
    Object.entries(wanted[kind] ?? {}).flatMap(([id, { connectables }]) => {
      const equipment = tx.get('equipment', id);
      if (equipment?.parent !== boxId) throw new Refused(501, `structure: criar ${kind} não é emulado`);
      return changesOf(equipment, endsOf(equipment, connectables));
    }),
  );
  // All go before any comes: two fibres may change places.
  for (const { equipment, is } of changes) if (is) unplug(tx, is, equipment.id);
  for (const change of changes) if (change.shall) plugIn(tx, boxId, change, change.shall);
}

/** One end of an equipment, with the fibre that is on it and the one that shall be. */
interface Change {
  equipment: ConnectorRecord;
  side: keyof Ends;
  port: number;
  is: string | null;
  shall: string | null;
}

function changesOf(equipment: ConnectorRecord, ends: Ends): Change[] {
  return (['input', 'output'] as const).flatMap((side) =>
    equipment.connectables[side]
      .map((is, index) => ({ equipment, side, port: index + 1, is, shall: ends[side][index] ?? null }))
      .filter(({ is, shall }) => is !== shall),
  );
}

/** Splitters list inputs and outputs apart, all others their ends in one row, inputs first. */
function endsOf({ connectables }: ConnectorRecord, given: unknown): Ends {
  const inputs = connectables.input.length;
  if (Array.isArray(given)) return { input: given.slice(0, inputs), output: given.slice(inputs) };
  const { input = connectables.input, output = connectables.output } = (given ?? {}) as Partial<Ends>;
  return { input, output };
}

function plugIn(tx: Transaction, boxId: string, { equipment, side, port }: Change, fiberId: string): void {
  const fiber = tx.get('fibers', fiberId);
  const cable = fiber && tx.get('cables', fiber.parent);
  if (!cable || (cable.boxA !== boxId && cable.boxB !== boxId)) {
    throw new Refused(400, `A fibra ${fiberId} não chega a esta caixa`);
  }
  const here = fiber.connectors.filter((id) => tx.get('equipment', id)?.parent === boxId);
  if (here.length > 0) throw new Refused(409, `A fibra ${fiberId} já está conectada`);
  plug(tx, equipment.id, port, fiberId, side);
}
