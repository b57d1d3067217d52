import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DECLARED_STATES } from '../../src/domain/declared-state.js';
import { EVENT_TYPES } from '../../src/domain/events.js';
import { OPERATION_ACTIONS, OPERATION_STATES } from '../../src/domain/operation.js';
import { REFUSAL_REASONS } from '../../src/domain/refusal.js';
import { IMPLANTATION_STATUSES } from '../../src/domain/status.js';
import { VIABILITY_REASONS } from '../../src/domain/viability.js';
import { GEOCODE_PRECISIONS } from '../../src/geocoding/geocoder.js';
import { STEP_OUTCOMES } from '../../src/saga/sql/steps.js';
import { DELIVERY_STATES } from '../../src/web/logs/state/deliveries.js';
import { PERIODS } from '../../src/web/logs/state/filters.js';
import { pt as logWords } from '../../src/web/logs/words/pt.js';
import { words as stepWords } from '../../src/web/ozloc/words/pt.js';
import { pt } from '../../src/web/shared/i18n/pt.js';

const SRC = join(import.meta.dirname, '../../src');
const sources = (folder: string, but: RegExp) =>
  readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !but.test(file))
    .map((file) => readFileSync(join(SRC, folder, file), 'utf8'))
    .join('\n');
const CATALOGUE = /(^|\/)(pt|en)\.ts$/;
const matches = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));

/** Names that a problem's values have, wherever the service makes one. */
const fields = matches(sources('.', /^(web|emulator|generated)\//), /\bfield: '(\w+)'/g);
const writes = ['create', 'change', 'delete'].flatMap((deed) =>
  ['property', 'client', 'drop', 'prospect'].map((thing) => `${deed}.${thing}`),
);

/** Keys that the code puts together: what stands before `${…}`, and all that may come out of it. */
const SHARED_FAMILIES: Record<string, Iterable<string | number | undefined>> = {
  precision: GEOCODE_PRECISIONS,
  reason: VIABILITY_REASONS,
  status: IMPLANTATION_STATUSES,
  problem: ['ADDRESS_TOO_LONG', 'NETWORK', 'HTTP', 'STILL_UNKNOWN', 'UNEXPECTED'],
  home: ['here', 'near'],
  flat: ['here', 'near'],
};
const STEP_FAMILIES: typeof SHARED_FAMILIES = {
  refusal: REFUSAL_REASONS,
  direction: [0, 1, 2, 3, 4, 5, 6, 7],
  done: ['pdf', 'png'],
  'croqui.blank': ['signal', 'cable', 'date', 'technician'],
};
const LOG_FAMILIES: typeof SHARED_FAMILIES = {
  action: OPERATION_ACTIONS,
  state: OPERATION_STATES,
  explain: OPERATION_STATES,
  total: OPERATION_STATES.flatMap((state) => [`${state}_one`, `${state}_other`]),
  outcome: ['SENT', ...STEP_OUTCOMES],
  period: PERIODS,
  field: new Set([...fields, 'name', 'phone', 'apartment', 'state', 'until', 'newContractCode']),
  declared: DECLARED_STATES,
  write: writes,
  event: EVENT_TYPES,
  'delivery.state': DELIVERY_STATES,
  'delivery.only': DELIVERY_STATES,
  'delivery.error': ['TIMEOUT', 'NO_RECEIVER', 'ECONNREFUSED', 'ENOTFOUND'],
};

describe.each([
  ['that all pages share', pt, sources('web', CATALOGUE), SHARED_FAMILIES],
  ['of the steps', stepWords, `${sources('web', CATALOGUE)}${sources('sketch', /words\.ts$/)}`, STEP_FAMILIES],
  ['of the log', logWords, sources('web/logs', CATALOGUE), LOG_FAMILIES],
])('the catalogue %s', (_, catalogue, code, families) => {
  const written = matches(code, /['"]([\w.]+)['"]/g);

  it('has no sentence that no page says', () => {
    const composed = new Set(
      Object.entries(families).flatMap(([family, names]) => [...names].map((name) => `${family}.${name}`)),
    );
    const unused = Object.keys(catalogue).filter(
      (key) => !written.has(key) && !written.has(key.replace(/_(one|other)$/, '')) && !composed.has(key),
    );
    expect(unused).toEqual([]);
  });

  it('has its keys put together in these families alone', () => {
    const words = new Set(Object.keys(catalogue).map((key) => key.split('.')[0]));
    const begun = [...matches(code, /`([a-z]\w*(?:\.[a-z]\w*)*)\.\$\{/g)];
    expect(begun.filter((family) => words.has(family?.split('.')[0])).sort()).toEqual(Object.keys(families).sort());
  });
});

it('the sentences that come later are said by what comes with them: the rest of the map page may speak before', () => {
  const steps =
    /^(words|croqui|draw)\/|panels\/(sale|ticket-over|sale-facts|draw|done|list-more|prospect|view-parts|steps|suggestions)\.tsx?$/;
  const rest = matches(sources('web/ozloc', steps), /['"]([\w.]+)['"]/g);
  expect(Object.keys(stepWords).filter((key) => rest.has(key) || rest.has(key.replace(/_one$/, '')))).toEqual([]);
});
