import { contains } from '../../query/geometry.js';
import type { BoxRecord, Coords } from '../../records.js';
import type { Body, Caller } from '../../resource.js';
import { pointOf } from '../../store/places.js';
import type { Reader } from '../../store/store.js';
import { round } from '../drops.js';
import { freePorts, serviceEquipment } from '../ports.js';
import { latLng } from '../property-view.js';
import { dropLimitM } from '../settings.js';
import type { Search } from './query.js';

/** Answers which gated communities, that the caller may see, a point lies in. */
type CondominiumsAt = (coords: Coords | null) => string[];

/** Reads the areas once for many points. */
function condominiumIndex(reader: Reader, caller: Caller): CondominiumsAt {
  const areas = [...reader.all('horizontal-condominiums')].filter(({ project }) => caller.sees(project));
  return (coords) => {
    const around = coords ? areas.filter(({ polygon }) => contains(polygon, pointOf(coords))) : [];
    return around.map(({ id }) => id);
  };
}

/**
 * True when a box serves a client as far as gated communities matter. Inferred: inside one only its own boxes serve, outside all of them
 * none of theirs does.
 */
function sharesCondominium(boxAreas: readonly string[], clientAreas: readonly string[]): boolean {
  if (boxAreas.length === 0 && clientAreas.length === 0) return true;
  return boxAreas.some((id) => clientAreas.includes(id));
}

/** A box that is considered, and how far it is: straight in radius mode, along the poles in pole mode. */
export interface Candidate {
  box: BoxRecord;
  distanceM: number;
  /** What the answer says of it beyond the usual, in pole mode. */
  extra?: Body;
}

/** The answer of both viability calls. */
export interface Judged {
  viable: boolean;
  boxes: Body[];
  refused_boxes: Body[];
}

/**
 * Sorts candidates into those on offer and those refused with a reason, nearest first. Boxes in project, boxes without service
 * equipment and boxes of other projects appear in neither list (reference 5.1). Each list is cut at the system's maximum.
 */
export function judge(reader: Reader, search: Search, candidates: readonly Candidate[], caller: Caller): Judged {
  const condominiumsAt = condominiumIndex(reader, caller);
  const clientAreas = condominiumsAt([search.at.lng, search.at.lat]);
  const boxes: Body[] = [];
  const refused: Body[] = [];
  for (const candidate of [...candidates].sort((a, b) => a.distanceM - b.distanceM)) {
    const { box } = candidate;
    if (box.draft || !caller.sees(box.project) || serviceEquipment(reader, box.id).length === 0) continue;
    const availability = freePorts(reader, box.id, search.settings);
    const shown = present(candidate, availability, condominiumsAt);
    const reasons = refusals(reader, search, candidate, availability, clientAreas, condominiumsAt, caller);
    if (reasons.length === 0) boxes.push(shown);
    else refused.push({ ...shown, reasons });
  }
  const { maxBoxes } = search.settings;
  return { viable: boxes.length > 0, boxes: boxes.slice(0, maxBoxes), refused_boxes: refused.slice(0, maxBoxes) };
}

/** Homes without client within the radius, whose drop may be used again; nearest first. */
export function keptHomes(reader: Reader, search: Search, caller: Caller): Body[] {
  return reader
    .near('properties', search.at, search.radiusM)
    .filter(({ record }) => record.client === null && caller.sees(record.project))
    .map(({ record: { id, address, observation, box, drop, coords, project }, distanceM }) => ({
      id,
      address: address ?? '',
      observation: observation ?? '',
      box,
      drop,
      project,
      coords,
      ...latLng(coords),
      distance: round(distanceM),
    }));
}

/** Inferred: buildings within the radius that have a free port on service equipment of their own, nearest first; OZloc lists them beside the boxes. */
export function buildingsNear(reader: Reader, search: Search, caller: Caller): Body[] {
  return reader.near('buildings', search.at, search.radiusM).flatMap(({ record, distanceM }) => {
    const { id, name, address, project, coords, implanted } = record;
    const availability = caller.sees(project) ? freePorts(reader, id, search.settings) : 0;
    if (availability === 0) return [];
    const place = { ...latLng(coords), distance: round(distanceM) };
    return [{ id, name, address: address ?? '', project, implanted, availability, ...place }];
  });
}

/** Inferred (section 8, row 2): codes, texts and shape of a refusal. Only what the reasons mean is known. */
function refusals(
  reader: Reader,
  search: Search,
  { box, distanceM }: Candidate,
  availability: number,
  clientAreas: readonly string[],
  condominiumsAt: CondominiumsAt,
  caller: Caller,
): Body[] {
  const reasons: Body[] = [];
  if (availability === 0) {
    const actual = serviceEquipment(reader, box.id).reduce(
      (sum, { connectables }) => sum + connectables.output.length,
      0,
    );
    reasons.push({
      reason: 'NO_FREE_PORT',
      message: `Sem porta livre: as ${actual} portas estão ocupadas ou bloqueadas`,
    });
  }
  const limit = dropLimitM(reader, box.project, caller);
  if (distanceM > limit) {
    const actual = round(distanceM);
    reasons.push({ reason: 'DROP_TOO_LONG', message: `Drop de ${actual} m; o limite é ${limit} m`, limit, actual });
  }
  if (search.tags.length > 0 && !box.tags.some((tag) => search.tags.includes(tag))) {
    reasons.push({ reason: 'TAG_MISMATCH', message: 'A caixa não tem nenhuma das etiquetas pedidas' });
  }
  if (search.settings.considerHorizontalCondominiums && !sharesCondominium(condominiumsAt(box.coords), clientAreas)) {
    const message =
      clientAreas.length > 0 ? 'A caixa está fora do condomínio do cliente' : 'A caixa só atende o seu condomínio';
    reasons.push({ reason: 'OUTSIDE_CONDOMINIUM', message });
  }
  return reasons;
}

function present({ box, distanceM, extra }: Candidate, availability: number, condominiumsAt: CondominiumsAt): Body {
  return {
    distance: round(distanceM),
    name: box.name,
    id: box.id,
    project: box.project,
    ...latLng(box.coords),
    implanted: box.implanted,
    availability,
    horizontal_condos: condominiumsAt(box.coords),
    ...extra,
  };
}
