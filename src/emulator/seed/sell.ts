import type { AddressPoint } from '../../city/city.js';
import type { ClientRecord, ConnectorRecord, Coords, PropertyRecord } from '../records.js';
import { STOCK } from '../rules/settings.js';
import { addCable, addFiber } from './cables.js';
import type { Draft } from './draft.js';

const GIVEN =
  'Ana Beatriz Carlos Daniela Eduardo Fernanda Gabriel Helena Igor Juliana Kleber Larissa Marcos Natália Otávio Patrícia Rafael Simone Tiago Vanessa'.split(
    ' ',
  );
const FAMILY =
  'Almeida Barbosa Cardoso Dias Esteves Ferreira Gomes Henriques Lima Moreira Nogueira Oliveira Pereira Ribeiro Santos Teixeira Vieira'.split(
    ' ',
  );

/** A common name that refers to no real person. */
function personName(draft: Draft): string {
  return `${draft.pick(GIVEN)} ${draft.pick(FAMILY)} ${draft.pick(FAMILY)}`;
}

const TREES = ['Ipê', 'Jacarandá', 'Aroeira', 'Pequi', 'Sucupira', 'Jatobá', 'Cedro', 'Angico'];
const WATERS = ['das Águas', 'do Lago', 'das Nascentes', 'da Serra', 'do Vale', 'dos Buritis'];

const nth = (names: readonly string[], index: number): string => {
  const round = Math.floor(index / names.length);
  return `${names[index % names.length]}${round === 0 ? '' : ` ${round + 1}`}`;
};

/** The nth of anything that is called after trees. */
export const treeName = (index: number): string => nth(TREES, index);

/** The nth gated community. */
export const communityName = (index: number): string => `Residencial Bosque ${nth(WATERS, index)}`;

/** Where a sale goes. */
export interface Sale {
  project: string;
  box: string;
  /** The building of a flat. */
  parent: string | null;
  address: string;
  coords: Coords | null;
  pole: string | null;
  /** From the box to the home. */
  drop: { poles: string[]; lengthM: number };
  /** Null: the drop ends in the box, unconnected. */
  port: { equipment: ConnectorRecord; port: number } | null;
}

/** Who gets it: a client, a client who has a home already, or no one any more. */
export type Buyer = { client: ClientRecord } | { leftBehindBy: string } | 'new';

/** The first contract code of the plant. */
const FIRST_CODE = 100_001;
/** Codes in forms that other systems really use, so that none of them is treated as a number or a path. */
const ODD_CODES: Readonly<Record<number, string>> = { 9: '00123', 19: '123|123', 29: 'a/b' };

/** Lays one home with drop, fibre, connection and client. */
export function sell(draft: Draft, sale: Sale, buyer: Buyer): PropertyRecord {
  const propertyId = draft.id('property');
  const dropId = draft.id('drop');
  const client = buyer === 'new' ? newClient(draft, sale.project) : 'client' in buyer ? buyer.client : undefined;
  const left = typeof buyer === 'object' && 'leftBehindBy' in buyer ? buyer.leftBehindBy : undefined;
  const property: PropertyRecord = {
    ...draft.stamp('', propertyId),
    kind: 'Property',
    address: sale.address,
    box: sale.box,
    pole: sale.pole,
    observation: left ? `[CNT ${left}] cancelado ${draft.now.slice(0, 10)}` : '',
    client: client?.id ?? null,
    drop: dropId,
    parent: sale.parent,
    tags: [],
    project: sale.project,
    coords: sale.coords,
    cables: [dropId],
    towers: [],
    history: {
      clients: [
        {
          id: client?.id ?? draft.id('client'),
          code: client?.code ?? left ?? '',
          enter_date: draft.now,
          exit_date: client ? null : draft.now,
        },
      ],
    },
  };
  if (client?.implanted) property.potencyRead = -Math.round(1_500 + draft.random() * 1_000) / 100;
  draft.add('properties', property);
  layDrop(draft, sale, propertyId, dropId);
  return property;
}

/** A client; one in eighteen has only reserved a port so far. */
export function newClient(draft: Draft, project: string): ClientRecord {
  const number = draft.of('ftth-clients').length;
  const implanted = number % 18 !== 6;
  return draft.add('ftth-clients', {
    ...draft.stamp('client'),
    kind: 'ftth',
    code: ODD_CODES[number] ?? String(FIRST_CODE + number),
    name: personName(draft),
    observation: '',
    implanted,
    certified: implanted && number % 5 === 0,
    status: implanted && number % 37 === 11 ? 1 : 0,
    onu: {
      user_PPPoE: '',
      serial_number: implanted ? `FTTH${(0x10000000 + number).toString(16).toUpperCase()}` : '',
      mac_address: '',
    },
    tags: [],
    project,
  });
}

function layDrop(draft: Draft, { project, box, drop, port }: Sale, propertyId: string, dropId: string): void {
  const fiberId = draft.id('fiber');
  const cable = addCable(
    draft,
    draft.stamp('', dropId),
    { kind: 'Drop', project, cableType: STOCK.dropType, boxA: box, boxB: propertyId },
    { ...drop, hierarchyLevel: 3, fiberNumber: 1 },
  );
  addFiber(draft, fiberId, cable, 1, port ? [port.equipment.id] : []);
  if (port) port.equipment.connectables.output[port.port - 1] = fiberId;
}

/** A door's address as a seller would write it. */
export function addressText(draft: Draft, door: AddressPoint): string {
  const area = draft.neighbourhoods.at(door)?.name;
  return `${door.street}, ${door.number ?? 's/n'}${area ? ` - ${area}` : ''}`;
}
