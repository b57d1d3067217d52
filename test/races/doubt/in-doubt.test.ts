import { expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import {
  type Asked,
  activate,
  after,
  before,
  CREATE,
  cancel,
  changePort,
  type Lost,
  late,
  relocate,
  sellAgain,
  sellHere,
  takeOver,
  transfer,
  undo,
  useScenes,
} from './scenes.js';

/** First command, the write of it that goes wrong, whether the contract is cancelled before; second command; what its caller is told. */
const PAIRS: [first: Asked, lost: Lost, start: 'active' | 'cancelled' | 'reserved', second: Asked, told: string][] = [
  [relocate, before('POST', CREATE), 'active', takeOver, 'BUSY'],
  [relocate, late('POST', CREATE), 'active', takeOver, 'BUSY'],
  [relocate, after('PATCH'), 'active', takeOver, 'BUSY'],
  [relocate, after('POST', CREATE), 'active', cancel, 'IN_PROGRESS'],
  [cancel, after('DELETE'), 'active', takeOver, 'BUSY'],
  [cancel, late('POST'), 'active', sellHere, 'BUSY'],
  [cancel, late('DELETE'), 'active', sellAgain, 'IN_PROGRESS'],
  [undo, late('PATCH'), 'cancelled', takeOver, 'BUSY'],
  [undo, before('PATCH'), 'cancelled', sellHere, 'BUSY'],
  [undo, after('PATCH'), 'cancelled', sellAgain, 'IN_PROGRESS'],
  [changePort, late('PATCH'), 'active', sellHere, 'BUSY'],
  [changePort, after('PATCH'), 'active', relocate, 'IN_PROGRESS'],
  [['withdrawReservation', ({ code }) => ({ contractCode: code })], late('DELETE'), 'reserved', sellHere, 'BUSY'],
  [
    takeOver,
    late('PATCH'),
    'cancelled',
    ['reservePort', ({ home }) => ({ contractCode: 'THIRD', propertyId: home.id })],
    'BUSY',
  ],
  [takeOver, before('PATCH'), 'cancelled', undo, 'BUSY'],
  [activate, late('PATCH'), 'reserved', cancel, 'IN_PROGRESS'],
  [transfer, late('PATCH'), 'active', cancel, 'IN_PROGRESS'],
  [transfer, before('PATCH'), 'active', sellHere, 'IN_PROGRESS'],
  [transfer, after('PATCH'), 'active', relocate, 'IN_PROGRESS'],
];

const AT_ONCE = 5;
const ROWS = PAIRS.map((pair, n) => ({
  n,
  pair,
  name: `${pair[0][0]} (${pair[1].fault} ${pair[1].method}), ${pair[3][0]}`,
}));

/** Each with a service of its own: they wait most of the time. */
const STAGES = Array.from({ length: AT_ONCE }, (_, at) => ({ rows: ROWS.filter(({ n }) => n % AT_ONCE === at) }));

describeAtOnce(STAGES, 'While the write of one command is in doubt', ({ rows }) => {
  const scenes = useScenes();

  it.each(rows)(
    '$name: the second is told to wait, and both end soundly ($n)',
    async ({ n, pair: [first, lost, start, second, told] }) => {
      const { emulator } = scenes.service.subgraph;
      const scene = await scenes.stage(`D${n}`, start);
      const { fault, lateMs, ...match } = lost;
      await emulator.fault({ fault, match, times: 1, ...(lateMs !== undefined && { lateMs }) });
      const doubted = await scenes.ask(scene, first);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      const refused = await scenes.ask(scene, second);
      if ((await scenes.service.operation(doubted.problem?.operationId))?.state === 'UNKNOWN') {
        expect(refused).toMatchObject({ problem: { code: 'CONFLICT', reason: told } });
        if (told === 'BUSY' && start !== 'reserved') expect(await scenes.isOffered(scene)).toBe(false);
      }
      expect(['APPLIED', 'FAILED']).toContain((await scenes.service.ended(doubted.problem?.operationId)).state);
      const again = await scenes.ask(scene, second);
      if (again.problem?.code === 'UPSTREAM_OUTCOME_UNKNOWN') await scenes.service.ended(again.problem.operationId);
      await scenes.expectSound([scene.code, scene.other, 'THIRD']);
    },
    60_000,
  );
});
