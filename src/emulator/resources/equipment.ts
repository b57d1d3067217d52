import { z } from 'zod';
import type { CollectionName, ConnectorRecord, Records } from '../records.js';
import { type Body, Refused, type Resource } from '../resource.js';
import {
  changedFields,
  checkExternalId,
  checkReferences,
  compact,
  creator,
  externalId,
  maybe,
  parseBody,
  reference,
  referred,
  referredHousing,
  tags,
  text,
} from '../rules/body.js';
import type { Transaction } from '../store/store.js';
import { readOnly } from './catalogue.js';

const common = {
  parent: reference,
  name: text.default(''),
  implanted: z.boolean().default(true),
  isDrop: z.boolean().optional(),
  observation: maybe,
  label: z.string().default(''),
  attenuation: z.array(z.number()).default([]),
  orientation: z.string().optional(),
  external_id: externalId,
};
const port = z.object({
  id: z.string().optional(),
  index: z.number().optional(),
  blocked: z.boolean().optional(),
  tags: tags.optional(),
  observation: maybe,
});
type GivenPort = z.output<typeof port>;

/** A connector or fusion joins two ends. Inferred: a switch has one input, and as many outputs as its type's ratio. */
const TWO_ENDS = { input: 1, output: 1 } as const;

interface Family<T extends CollectionName> {
  route: string;
  kind: ConnectorRecord['kind'];
  /** The collection of its types, and the field that names one. */
  types: T;
  type: keyof typeof REFERENCES;
  fields?: z.ZodRawShape;
  /** Ratio, and what else its type says. */
  make(type: Records[T]): Pick<ConnectorRecord, 'ratio' | 'isDrop'> & Partial<ConnectorRecord>;
}

function family<T extends CollectionName>({
  route,
  kind,
  types,
  type,
  make,
  ...more
}: Family<T>): Resource<'equipment'> {
  const fields: z.ZodObject = z.object({ ...common, [type]: reference, ...more.fields });
  return {
    route,
    collection: 'equipment',
    holds: (record) => record.kind === kind,
    references: REFERENCES,
    present: presentEquipment,
    create(tx, body, caller) {
      const { ports, ...given } = compact(parseBody(fields, body));
      const parent = referredHousing(tx, String(given.parent), 'parent', caller);
      const made = make(referred(tx, types, String(given[type]), type, caller));
      checkExternalId(tx, 'equipment', body);
      const count = tx.where('equipment', 'parent', parent.id).filter((other) => other.kind === kind).length;
      const { input, output } = made.ratio;
      const isNamed = typeof given.name === 'string' && given.name !== '';
      return tx.insert('equipment', {
        implanted: true,
        label: '',
        attenuation: [],
        ...made,
        ...given,
        kind,
        parent: parent.id,
        project: parent.project,
        name: isNamed ? String(given.name) : `${made.name ?? kind} ${count + 1}`,
        connectables: { input: Array(input).fill(null), output: Array(output).fill(null) },
        ports: mergePorts(emptyPorts(tx, output), ports as GivenPort[] | undefined),
        installPower: [],
        currentPower: [],
        size: output,
        ...creator(caller),
      });
    },
    update(tx, equipment, body, caller) {
      // What is connected changes by connect and disconnect alone. Inferred: equipment does not move to another box.
      const { parent, splitterType, ports, ...given } = changedFields(fields, body);
      for (const { tags: given } of (ports as GivenPort[] | undefined) ?? []) {
        checkReferences(tx, 'tags', given, 'ports.tags', caller);
      }
      checkExternalId(tx, 'equipment', body);
      const merged = ports ? { ports: mergePorts(equipment.ports, ports as GivenPort[]) } : {};
      tx.update('equipment', equipment.id, { ...given, ...merged });
    },
    remove(tx, equipment) {
      const { input, output } = equipment.connectables;
      if ([...input, ...output].some(Boolean)) throw new Refused(409, `${equipment.name} ainda tem fibras conectadas`);
      tx.remove('equipment', equipment.id);
    },
  };
}

/** Ports are numbered from 0 in `index`, from 1 wherever a port is named. Inferred: the first part. */
function emptyPorts(tx: Pick<Transaction, 'newId'>, count: number): ConnectorRecord['ports'] {
  return Array.from({ length: count }, (_, index) => ({ id: tx.newId(), index, blocked: false, tags: [] }));
}

/** Each given port changes the one with its id, else with its index, else at its place in the list. */
function mergePorts(ports: ConnectorRecord['ports'], given: readonly GivenPort[] = []): ConnectorRecord['ports'] {
  const merged = ports.map((each) => ({ ...each }));
  given.forEach((change, position) => {
    const target = merged.find(({ id, index }) =>
      change.id ? id === change.id : index === (change.index ?? position),
    );
    if (!target) throw new Refused(400, `"ports.${position}": não existe`);
    Object.assign(target, compact(change), { id: target.id, index: target.index });
  });
  return merged;
}

/** Splitters list inputs and outputs apart, all others their ends in one row. */
function presentEquipment(equipment: ConnectorRecord): Body {
  if (equipment.kind === 'Splitter') return { olt: null, slot: null, pon: null, ...equipment };
  const { input, output } = equipment.connectables;
  const ends = [...input, ...output];
  const labels = equipment.kind === 'Switch' ? { port_labels: ends.map(() => null) } : {};
  return { ...equipment, ...labels, connectables: ends, tags: [] };
}

const REFERENCES = {
  parent: 'boxes',
  project: 'projects',
  splitterType: 'splitter-types',
  connectorType: 'connector-types',
  fusionType: 'fusion-types',
  switchType: 'switch-types',
  olt: 'olts',
  slot: 'slots',
  pon: 'pons',
} as const;

export const splitters = family({
  route: 'splitters',
  kind: 'Splitter',
  types: 'splitter-types',
  type: 'splitterType',
  fields: { isBalanced: z.boolean().optional(), ports: z.array(port).optional() },
  make: ({ ratio, isBalanced, attenuation, isDrop, prefix }) => ({
    ratio,
    isBalanced,
    attenuation,
    isDrop,
    name: prefix.trim() || 'Splitter',
  }),
});

export const connectors = family({
  route: 'connectors',
  kind: 'Connector',
  types: 'connector-types',
  type: 'connectorType',
  make: ({ isDrop }) => ({ ratio: TWO_ENDS, isDrop }),
});

export const fusions = family({
  route: 'fusions',
  kind: 'Fusion',
  types: 'fusion-types',
  type: 'fusionType',
  make: () => ({ ratio: TWO_ENDS, isDrop: false }),
});

export const switches = family({
  route: 'switches',
  kind: 'Switch',
  types: 'switch-types',
  type: 'switchType',
  make: ({ ratio, isDrop }) => ({ ratio: { input: 1, output: Number(ratio) }, isDrop: isDrop === true }),
});

/** All equipment together. Read only. */
export const networkConnectors = readOnly('network-connectors', splitters);
