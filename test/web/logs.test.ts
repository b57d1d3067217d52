import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events.js';
import { OPERATION_ACTIONS } from '../../src/domain/operation.js';
import {
  ACTIONS,
  filterOf,
  NO_FILTERS,
  queryOf,
  readFilters,
  STATE_CHOICES,
} from '../../src/web/logs/state/filters.js';
import type { LoggedOperation } from '../../src/web/logs/state/operation-list.js';
import { en as english } from '../../src/web/logs/words/en.js';
import { pt as portuguese } from '../../src/web/logs/words/pt.js';
import {
  ago,
  changesText,
  csvOf,
  duration,
  fieldText,
  loadWords,
  problemText,
  stateText,
  subjectOf,
  writeText,
} from '../../src/web/logs/words/words.js';
import { pt as shared } from '../../src/web/shared/i18n/pt.js';

const NOW_MS = new Date(2026, 10, 24, 12, 0, 0).getTime();
const MINUTE_MS = 60_000;
const pt = await loadWords('pt');
const en = await loadWords('en');
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the words of the log', () => {
  it('are the same keys with the same values in both languages, and none is empty', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(portuguese).sort());
    expect(Object.keys(portuguese).filter((key) => key in shared)).toEqual([]);
    for (const [key, text] of Object.entries(portuguese)) {
      const other = english[key as keyof typeof english];
      expect(other.trim(), key).not.toBe('');
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });

  it('name every action of the journal, every event, every state, and every outcome of a step', () => {
    expect([...ACTIONS].sort()).toEqual([...OPERATION_ACTIONS].sort());
    const needed = [
      ...OPERATION_ACTIONS.map((action) => `action.${action}`),
      ...EVENT_TYPES.map((type) => `event.${type}`),
      ...['PENDING', 'QUEUED', 'APPLIED', 'REFUSED', 'UNKNOWN', 'FAILED'].map((state) => `state.${state}`),
      ...['SENT', 'DONE', 'REFUSED', 'NOT_SENT', 'UNKNOWN'].map((outcome) => `outcome.${outcome}`),
    ];
    for (const key of needed) expect(portuguese).toHaveProperty([key]);
  });

  it('name an operation with its contract, and one whose action is new by what it is called', () => {
    const operation = { action: 'port.reserve', contractCode: '900001' } as LoggedOperation;
    expect(subjectOf(pt, operation)).toBe('Reserva de porta do contrato 900001');
    expect(subjectOf(en, { ...operation, contractCode: null })).toBe('Port reservation');
    expect(subjectOf(pt, { ...operation, action: 'box.paint' })).toBe('Operação box.paint do contrato 900001');
  });

  it('name a lead by whom it is about, by telephone where no name was given, until that is erased', () => {
    const lead = (...changes: [string, string][]) =>
      subjectOf(pt, {
        action: 'prospect.create',
        contractCode: null,
        changes: changes.map(([field, after]) => ({ field, before: null, after })),
      } as never);
    expect(lead(['phone', '31 9876-1234'], ['name', 'Ana Lima'])).toBe('Cadastro de prospecto de Ana Lima');
    expect(lead(['phone', '31 9876-1234'])).toBe('Cadastro de prospecto de 31 9876-1234');
    expect(lead()).toBe('Cadastro de prospecto');
    expect(subjectOf(pt, { action: 'prospect.create', contractCode: null, changes: null } as never)).toBe(
      'Cadastro de prospecto',
    );
  });

  it('call the values of a problem by words, and one that is new by its name', () => {
    expect(fieldText(pt, 'dropLengthM')).toBe('Comprimento do drop, em metros');
    expect(fieldText(en, 'ozmap')).toBe("OZmap's answer");
    expect(fieldText(pt, 'new_field')).toBe('new_field');
  });

  it('word a problem as the server does, and one that is new as the journal told it', () => {
    const said = (code: string, reason: string | null, message = '') =>
      problemText(pt, { code: code as never, reason: reason as never, message, operationId: null, details: [] });
    expect(said('CONFLICT', 'PORT_TAKEN', 'taken')).toBe('A porta já está ocupada; escolha outra.');
    expect(said('CONFLICT', 'NEW_REASON', 'the box burnt')).toBe('the box burnt');
    expect(said('NEVER_HEARD_OF', null)).toBe('Algo falhou nesta página. Tente de novo.');
  });

  it.each([
    ['POST', 'properties', 'Criar o imóvel'],
    ['PATCH', 'ftth-clients/64c1', 'Alterar o cliente'],
    ['DELETE', 'drops/64c1', 'Excluir o drop'],
    ['POST', 'cables/64c1/fibers/disconnect', 'Desligar o drop'],
    ['POST', 'disconnect', 'Desligar a porta'],
    ['POST', 'connect', 'Ligar a porta'],
    ['POST', 'boxes/64c1/paint', 'Gravação no OZmap'],
  ])('tell %s %s as “%s”', (method, path, words) => {
    expect(writeText(pt, { method, path })).toBe(words);
  });

  it('say how long ago it was, and the day when that is long ago', () => {
    const said = (minutes: number) => ago(pt, new Date(NOW_MS - minutes * MINUTE_MS).toISOString(), NOW_MS);
    expect([-2, 0.5, 3, 59, 60, 23 * 60, 25 * 60].map(said)).toEqual([
      'agora',
      'agora',
      'há 3 min',
      'há 59 min',
      'há 1 h',
      'há 23 h',
      '23/11 11:00',
    ]);
    expect(said(400 * 24 * 60)).toMatch(/^20\/10\/2025/);
    expect([duration(pt, 85), duration(pt, 1440), duration(en, 1440)]).toEqual([
      '85\u00a0ms',
      '1,4\u00a0s',
      '1.4\u00a0s',
    ]);
  });
});

describe('what an operation changed', () => {
  const names = { clients: {}, boxes: { b1: { id: 'b1', name: 'CTO 001-04', project: null }, b2: null } };
  const said = (...changes: [string, string | null, string | null][]) =>
    changesText(
      pt,
      changes.map(([field, before, after]) => ({ field, before, after })),
      names,
    );

  it('is told by names, a port with its box, and what is not known as it is', () => {
    expect(said(['name', 'Ana', 'Ana Lima'])).toEqual(['Nome: Ana → Ana Lima']);
    expect(said(['observation', 'x', null])).toEqual(['Observação: x → (nada)']);
    expect(said(['boxId', 'b1', 'b1'], ['port', '3', '7'])).toEqual(['Porta 3 → 7 em CTO 001-04']);
    expect(said(['boxId', 'b2', 'b1'], ['port', '3', '7'])).toEqual(['Caixa: b2 → CTO 001-04', 'Porta: 3 → 7']);
    expect(said(['state', null, 'ACTIVE'])).toEqual(['Situação: ativo']);
  });

  it('says of a lead that was there already that nothing was created', () => {
    const lead = { action: 'prospect.create', state: 'APPLIED' };
    const said = (steps: object[]) => stateText(pt, { ...lead, steps } as never);
    expect([said([]), said([{}])]).toEqual(['já existia, nada foi criado', 'feita']);
  });

  it('goes into a sheet that no cell of which is a formula', () => {
    const operation = {
      id: 'i',
      action: 'client.update',
      contractCode: '=1+1',
      state: 'APPLIED',
      steps: [],
      actor: 'api',
      cntUser: null,
    };
    const changes = [{ field: 'name', before: null, after: 'A "B"; C' }];
    const sheet = csvOf(pt, [{ ...operation, changes, requestedAt: 't', finishedAt: null } as never], names);
    expect(sheet.charCodeAt(0)).toBe(0xfeff);
    expect(sheet.split('\r\n')[1]).toBe(
      `"t";"Atualização do cliente";"'=1+1";"";"feita";"api";"Nome: A ""B""; C";"";"i"`,
    );
  });
});

describe('the sheet', () => {
  it('has times as the reader reads them, in a form that every spreadsheet knows, and names their zone and the lead', () => {
    const lead = {
      ...{ id: 'i', action: 'prospect.create', contractCode: null, state: 'APPLIED', steps: [{}], actor: 'api' },
      ...{ cntUser: null, changes: [{ field: 'name', before: null, after: 'Ana Lima' }] },
      requestedAt: new Date(2026, 10, 24, 9, 5, 7).toISOString(),
      finishedAt: new Date(2026, 10, 24, 23, 59, 59).toISOString(),
    };
    const [head, row] = csvOf(pt, [lead as never], { clients: {}, boxes: {} }).split('\r\n');
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(head).toContain(`"Pedida em (horário de ${zone})"`);
    expect(row).toBe(
      '"2026-11-24 09:05:07";"Cadastro de prospecto";"";"Ana Lima";"feita";"api";"Nome: Ana Lima";"2026-11-24 23:59:59";"i"',
    );
  });
});

describe('the filters', () => {
  const asked = (search: string) => filterOf({ ...NO_FILTERS, search }, NOW_MS);

  it.each(['99876-1234', '(31) 9876 1234', '+5531998761234', '31998761234'])('take %j for a telephone', (search) => {
    expect(asked(search)).toEqual({ client: search });
  });

  it.each(['900001', '123456789', '2026-17', '2026-123', 'A-99876-1234', '0123456789012345'])(
    'take %j for a code',
    (search) => {
      expect(asked(search)).toEqual({ contractCodePart: search });
    },
  );

  it('take what is typed for a code where it has digits, else for a client', () => {
    expect([asked('UX-1280'), asked('Prado'), asked('7')]).toEqual([
      { contractCodePart: 'UX-1280' },
      { client: 'Prado' },
      { contractCode: '7' },
    ]);
  });

  it('come back from the address as they went there, and nothing else stays in it', () => {
    for (const state of STATE_CHOICES) {
      const filters = { ...NO_FILTERS, contract: 'a/b & c', state, action: ACTIONS[1], period: 'week' as const };
      expect(readFilters(queryOf(filters, ''))).toEqual(filters);
    }
    const dated = { ...NO_FILTERS, period: 'dates' as const, from: '2026-11-01', to: '2026-11-24' };
    expect(queryOf(dated, '?authorization=secret&lang=en&token=x')).toBe('?from=2026-11-01&to=2026-11-24&lang=en');
    expect(readFilters('?from=2026-11-01&to=2026-11-24')).toEqual(dated);
    expect(queryOf(NO_FILTERS, '?contract=1')).toBe('');
  });

  it('leave out what they do not know', () => {
    expect(readFilters('?state=LOST&action=box.paint&period=century&from=yesterday&to=2026-99-99')).toEqual(NO_FILTERS);
  });

  it('ask the journal for whole days of the reader, and for periods that end now', () => {
    const asked = filterOf({ ...NO_FILTERS, period: 'dates', from: '2026-11-01', to: '2026-11-02' }, NOW_MS);
    expect(asked).toEqual({
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 10, 2, 23, 59, 59, 999).toISOString(),
    });
    expect(filterOf({ ...NO_FILTERS, period: 'today' }, NOW_MS)).toEqual({
      from: new Date(2026, 10, 24).toISOString(),
    });
    expect(filterOf({ ...NO_FILTERS, state: 'OPEN', contract: '7' }, NOW_MS)).toEqual({
      contractCode: '7',
      states: ['PENDING', 'QUEUED', 'UNKNOWN'],
    });
    expect(filterOf(NO_FILTERS, NOW_MS)).toEqual({});
  });
});
