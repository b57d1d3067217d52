/** A port, as the service told it. */
export interface Port {
  connectorId: string;
  port: number;
}

/** A home that the run made, as its callers believe it stands. */
export interface Home {
  id: string;
  boxId: string;
  location: { lat: number; lng: number };
  /** Null: its drop is on no port. */
  port: Port | null;
  /** Contract code of who lives there. */
  livesHere: string | null;
  /** Ids of all clients that ever did. */
  tenants: Set<string>;
  /** Codes that its observation tells of: cancelled here, moved away from here, handed over to another contract here. */
  cancelled: Set<string>;
  movedAway: Set<string>;
  handedOver: Set<string>;
  gone: boolean;
}

/** A contract, as its caller believes it stands. */
export interface Contract {
  code: string;
  /** Null while OZmap holds no client of this code. */
  client: { id: string; name: string; implanted: boolean } | null;
  home: Home | null;
  /** The reservation took over a home, and put it on a port. */
  tookOver: Home | null;
  connectedHere: boolean;
  /** When the state was so that was declared last, ms; null: none was under this code. */
  declaredAt: number | null;
  /** What an undo would need. */
  cancellation: { operationId: string; name: string; home: Home; marksIt: boolean } | null;
}

/** All that was acknowledged in a run. Lifecycles share the homes: what one leaves another may take over. */
export class Beliefs {
  readonly contracts: Contract[] = [];
  readonly homes = new Map<string, Home>();
  /** Leads, by their telephone number, which is theirs alone. */
  readonly leads = new Map<string, { id: string }>();

  newContract(code: string): Contract {
    const contract: Contract = {
      code,
      client: null,
      home: null,
      tookOver: null,
      connectedHere: false,
      declaredAt: null,
      cancellation: null,
    };
    this.contracts.push(contract);
    return contract;
  }

  addHome(home: Pick<Home, 'id' | 'boxId' | 'location' | 'port'>): Home {
    const added: Home = {
      ...home,
      livesHere: null,
      tenants: new Set(),
      cancelled: new Set(),
      movedAway: new Set(),
      handedOver: new Set(),
      gone: false,
    };
    this.homes.set(home.id, added);
    return added;
  }

  /** Homes that stand empty, as far as acknowledged. */
  empty(): Home[] {
    return [...this.homes.values()].filter((home) => !home.gone && home.livesHere === null);
  }
}
