import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const box = (page: Page) => page.getByRole('combobox', { name: 'Endereço ou coordenadas do cliente' });
const options = (page: Page) => page.getByRole('listbox').getByRole('option');
const place = (page: Page) => page.getByRole('region', { name: 'Posição do cliente' });

/** The operations that a page sends while something is done, by their names. */
async function asked(page: Page, during: () => Promise<void>): Promise<string[]> {
  const names: string[] = [];
  const note = (request: { postData(): string | null }) => {
    const name = /query (\w+)/.exec(request.postData() ?? '')?.[1];
    if (name) names.push(name);
  };
  page.on('request', note);
  await during();
  page.off('request', note);
  return names;
}

/** Each letter in the same moment, however busy the machine is. */
async function burst(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const box = document.querySelector('#search');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    for (const letter of ${JSON.stringify(text)}) {
      set.call(box, box.value + letter);
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  })()`);
}

describe('suggestions while an address is typed', PATIENT, () => {
  it('lead from a few letters over the street to its door by keys alone, and name each step to a screen reader', async () => {
    const page = await stage.enter();
    await box(page).focus();
    await page.keyboard.type('getulio v', { delay: 20 });
    await options(page).first().waitFor();
    expect(await box(page).getAttribute('aria-expanded')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => box(page).getAttribute('aria-activedescendant')).not.toBeNull();
    const active = await box(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('Avenida Getúlio Vargas, ');
    await page.getByText('Digite o número da casa').waitFor();
    await page.keyboard.type('61', { delay: 20 });
    await options(page).filter({ hasText: 'Avenida Getúlio Vargas, 61' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await place(page).getByText('Avenida Getúlio Vargas, 61 - Centro').waitFor();
    await page.getByRole('table').waitFor();
    expect(await box(page).inputValue()).toBe('Avenida Getúlio Vargas, 61');
    expect(await options(page).count()).toBe(0);
  });

  it('are taken by one tap, go by Escape without a loss, and leave Enter to what was typed; the keyboard goes with the answer', async () => {
    const page = await stage.enter('', PHONE);
    await box(page).tap();
    await page.keyboard.type('getulio vargas 61', { delay: 20 });
    await options(page).first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => options(page).count()).toBe(0);
    expect(await box(page).inputValue()).toBe('getulio vargas 61');
    await page.keyboard.press('ArrowDown');
    await options(page).first().tap();
    await place(page).getByText('Avenida Getúlio Vargas, 61').waitFor();
    await page.getByRole('button', { name: 'Limpar a busca' }).tap();
    expect(await box(page).inputValue()).toBe('');
    await page.keyboard.type('amazonas, 310');
    await page.keyboard.press('Enter');
    await place(page).getByText('Avenida Amazonas, 310').waitFor();
    expect(await box(page).evaluate('document.activeElement.id')).not.toBe('search');
  });

  it('are asked for once the typing rests, never for coordinates, links or two letters, and older ones are given up', async () => {
    const page = await stage.enter();
    await box(page).focus();
    await page.keyboard.type('tir');
    await options(page).first().waitFor();
    await box(page).fill('');
    const typing = await asked(page, async () => {
      await burst(page, 'santa edwiges');
      await options(page).filter({ hasText: 'Rua Santa Edwiges' }).first().waitFor();
    });
    expect(typing).toEqual(['OzlocSuggestions']);
    for (const text of ['-19,46 -44,25', 'https://maps.google.com/?q=-19.46,-44.25', '35700-000', 'sa']) {
      await box(page).fill('');
      const none = await asked(page, async () => {
        await page.keyboard.type(text);
        await page.waitForTimeout(500);
      });
      expect(none).toEqual([]);
      expect(await options(page).count()).toBe(0);
    }
    const cancelled: string[] = [];
    page.on('requestfailed', (request) => cancelled.push(request.postData() ?? ''));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"text":"rua das"'))
        await new Promise((wait) => setTimeout(wait, 3_000));
      await route.continue().catch(() => {});
    });
    await box(page).fill('');
    const slow = page.waitForRequest((request) => request.postData()?.includes('"text":"rua das"') === true);
    await page.keyboard.type('rua das');
    await slow;
    await page.keyboard.type(' acacias');
    await options(page).filter({ hasText: 'Rua das Acácias' }).first().waitFor();
    expect(cancelled).toHaveLength(1);
  });

  it('stay shut over an answer that came before they did, and where the box is pressed again, until something is typed', async () => {
    const page = await stage.enter();
    let come = () => {};
    const late = new Promise<void>((resolve) => {
      come = resolve;
    });
    await page.route('**/suggestions-*.js', async (route) => {
      await late;
      await route.continue();
    });
    await box(page).click();
    await page.keyboard.type('getulio vargas 61');
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();
    come();
    await page.locator('#search-options').waitFor({ state: 'attached' });
    const names = await asked(page, async () => {
      await page.waitForTimeout(500);
      await box(page).click();
      await page.waitForTimeout(500);
    });
    expect(names).toEqual([]);
    expect(await options(page).count()).toBe(0);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await options(page).first().waitFor();
    expect((await options(page).allTextContents()).join()).not.toMatch(/a 0\sm/);
  });

  it('come for what is typed on in the very moment of Enter', async () => {
    const page = await stage.enter();
    await box(page).focus();
    await page.keyboard.type('getulio vargas 61');
    await options(page).first().waitFor();
    await page.evaluate(`(async () => {
      const box = document.querySelector('#search');
      box.form.requestSubmit();
      // The page has drawn that it searches, and not shown it yet.
      for (let turn = 0; turn < 10; turn++) await null;
      box.setRangeText('amazonas', 0, box.value.length, 'end');
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    })()`);
    await options(page).filter({ hasText: 'Avenida Amazonas' }).first().waitFor();
  });

  it('tell one street in two neighbourhoods apart, and take it as a whole where it is taken twice', async () => {
    const page = await stage.enter();
    await box(page).focus();
    await page.keyboard.type('rua das acacias');
    await options(page).nth(1).waitFor();
    const lines = await options(page).filter({ hasText: 'Rua das Acácias' }).allTextContents();
    expect(new Set(lines).size).toBe(lines.length);
    const second = options(page).filter({ hasText: 'Rua das Acácias' }).nth(1);
    const neighbourhood = (await second.textContent())?.replace('Rua das Acácias', '') ?? '';
    await second.click();
    await page.getByText('Digite o número da casa').waitFor();
    await options(page).filter({ hasText: 'sem número' }).filter({ hasText: neighbourhood }).click();
    await place(page).getByText(`Rua das Acácias - ${neighbourhood}`).waitFor();
    await place(page)
      .getByText(/erro de até/)
      .waitFor();
  });

  it('offer what was found last in this tab, without a contract or a person, until it is cleared; a sale by link leaves nothing', async () => {
    const page = await stage.enter('?cod_cli=SECRET-CODE&client_name=Pessoa');
    await box(page).focus();
    await page.keyboard.type('amazonas, 310');
    await options(page).first().waitFor();
    await page.keyboard.press('Enter');
    await place(page).getByText('Avenida Amazonas, 310').waitFor();
    await page.getByRole('button', { name: 'Limpar a busca' }).click();
    await box(page).click();
    await options(page).filter({ hasText: 'Avenida Amazonas, 310' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const stored = await page.evaluate<string>(
      "JSON.stringify([sessionStorage.getItem('ozloc.recent'), { ...localStorage }])",
    );
    expect(stored).toContain('Avenida Amazonas, 310');
    expect(stored).not.toMatch(/SECRET-CODE|Pessoa|demo/);
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage })')).not.toContain('demo');
    await page.getByRole('button', { name: 'Limpar buscas recentes' }).click();
    expect(await options(page).count()).toBe(0);
    expect(await page.evaluate<string | null>("sessionStorage.getItem('ozloc.recent')")).toBeNull();

    const sale = await stage.open(await stage.link({ contractCode: 'LINK-SUGGEST' }));
    await box(sale).click();
    await sale.keyboard.type('amazonas, 310');
    await options(sale).first().click();
    await place(sale).getByText('Avenida Amazonas, 310').waitFor();
    expect(await sale.evaluate<string | null>("sessionStorage.getItem('ozloc.recent')")).toBeNull();
  });
});
