import { createHash } from 'node:crypto';
import type { CableRecord, ConnectorRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';
import { findHousing, type Housing } from './body.js';
import { residentOf } from './ports.js';
import { latLng } from './property-view.js';

/** Colours of ABNT NBR 14771, in the order of the fibres. */
export const FIBER_COLOURS = '#00A651 #FFF200 #FFFFFF #0072BC #ED1C24 #92278F #8B5E3C #F49AC1 #231F20'.split(' ');

/** Errors: 404 when the caller sees no such box or building. */
export function getHousing(reader: Reader, id: string, caller: Caller): Housing {
  const housing = findHousing(reader, id, caller);
  if (!housing) throw new Refused(404, `Caixa não encontrada: ${id}`);
  return housing;
}

/**
 * `GET base-boxes/{id}/topology`: what is in a box or building, and what its drops lead to, by id.
 * Errors: 404 when the caller sees no such box.
 */
export function topology(reader: Reader, baseBoxId: string, caller: Caller): Body {
  const { project } = getHousing(reader, baseBoxId, caller);
  const cables = [...reader.where('cables', 'boxA', baseBoxId), ...reader.where('cables', 'boxB', baseBoxId)];
  const equipment = reader.where('equipment', 'parent', baseBoxId);
  const ofKind = (kind: ConnectorRecord['kind']) => equipment.filter((each) => each.kind === kind);
  const content = {
    cables: byId(
      cables.filter(({ kind }) => kind === 'Cable'),
      (cable) => presentCable(reader, cable),
    ),
    drops: byId(
      cables.filter(({ kind, boxA }) => kind === 'Drop' && boxA === baseBoxId),
      (drop) => ({ ...presentCable(reader, drop), propertyData: propertyData(reader, drop) }),
    ),
    splitters: byId(ofKind('Splitter'), (splitter) => presentSplitter(reader, splitter)),
    connectors: byId(ofKind('Connector'), presentPlain),
    fusions: byId(ofKind('Fusion'), presentPlain),
    switches: byId(ofKind('Switch'), presentPlain),
    passings: {},
    dios: {},
    cords: {},
  };
  const checksum = createHash('sha1').update(JSON.stringify(content)).digest('hex');
  return { id: baseBoxId, box: baseBoxId, project, ...content, checksum };
}

function presentCable(reader: Reader, cable: CableRecord): Body {
  const fibers = reader.where('fibers', 'parent', cable.id);
  return {
    id: cable.id,
    name: cable.name ?? '',
    looseNumber: cable.looseNumber,
    orientation: cable.orientationA,
    observation: cable.observation ?? '',
    implanted: cable.implanted,
    fibersColourMap: FIBER_COLOURS,
    groupsColourMap: FIBER_COLOURS,
    defaultFiberColor: '#00A651',
    defaultTubeColor: '#00A651',
    fibers: fibers.map(({ id }) => id),
    project: cable.project,
    cableType: cable.cableType,
  };
}

function propertyData(reader: Reader, drop: CableRecord): Body | null {
  const property = reader.get('properties', drop.boxB);
  if (!property) return null;
  const client = residentOf(reader, property);
  return {
    id: property.id,
    address: property.address ?? '',
    observation: property.observation ?? '',
    ...(property.coords ? { coords: property.coords, ...latLng(property.coords) } : {}),
    client: client
      ? {
          _id: client.id,
          kind: client.kind,
          code: client.code,
          name: client.name ?? '',
          observation: client.observation ?? '',
          implanted: client.implanted,
          certified: client.certified,
          status: client.status,
        }
      : null,
  };
}

function presentSplitter(reader: Reader, splitter: ConnectorRecord): Body {
  const type = splitter.splitterType ? reader.get('splitter-types', splitter.splitterType) : undefined;
  const { id, name, isDrop, implanted, observation, connectables, ports } = splitter;
  return {
    id,
    name,
    isDrop,
    implanted,
    observation: observation ?? '',
    connectables,
    ports,
    isBalanced: splitter.isBalanced ?? true,
    orientation: splitter.orientation ?? '',
    mostAttenuatedPort: 0,
    inputConnectionType: type?.inputConnectionType ?? 0,
    outputConnectionType: type?.outputConnectionType ?? 0,
    code: type?.code ?? '',
  };
}

/** Connectors, fusions and switches list their ends in one row, inputs first. */
function presentPlain(equipment: ConnectorRecord): Body {
  const { id, name, isDrop, implanted, observation, connectables } = equipment;
  const ends = [...connectables.input, ...connectables.output];
  const type = equipment.connectorType ? { connectorType: equipment.connectorType } : {};
  return { id, name, isDrop, implanted, observation: observation ?? '', connectables: ends, ...type };
}

function byId<R extends { id: string }>(records: readonly R[], present: (record: R) => Body): Record<string, Body> {
  return Object.fromEntries(records.map((record) => [record.id, present(record)]));
}
