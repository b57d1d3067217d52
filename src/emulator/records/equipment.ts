import type { BaseRecord } from './base.js';

export interface SplitterTypeRecord extends BaseRecord {
  code: string;
  isDrop: boolean;
  ratio: { input: number; output: number };
  isBalanced: boolean;
  prefix: string;
  size: number;
  inputConnectionType: 0 | 1;
  outputConnectionType: 0 | 1;
  attenuation: number[];
}

/** A thing in a box or building that can hold fibres. Output index i is port i + 1 and goes with `ports[i]`. */
export interface ConnectorRecord extends BaseRecord {
  kind: 'Splitter' | 'Connector' | 'Fusion' | 'Switch';
  /** Box or building. */
  parent: string;
  project: string;
  name: string;
  implanted: boolean;
  /** Service equipment: may serve clients. */
  isDrop: boolean;
  isBalanced?: boolean;
  orientation?: string;
  splitterType?: string;
  connectorType?: string;
  fusionType?: string;
  switchType?: string;
  connectables: { input: (string | null)[]; output: (string | null)[] };
  ports: { id: string; index: number; blocked: boolean; tags: string[]; observation?: string }[];
  attenuation: number[];
  installPower: number[];
  currentPower: number[];
  label: string;
  ratio: { input: number; output: number };
  size: number;
  observation?: string;
}

export interface ConnectorTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  isDrop: boolean;
  loss: number;
  description?: string;
}
