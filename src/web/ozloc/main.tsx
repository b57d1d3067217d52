import { render } from 'preact';
import { askedLanguage, loadI18n } from '../shared/i18n/i18n.js';
import { loadPageConfig } from '../shared/page-config.js';
import { tellCaller } from './caller.js';
import { cleanEntry, keepHistory, openedEntry } from './history.js';
import { readLaunchParams } from './launch-params.js';
import { App } from './panels/app.js';
import { PageProvider } from './panels/context.js';
import { openSaleTabs } from './sale-tab.js';
import { startPage } from './start.js';

const root = document.querySelector<HTMLElement>('#app');

async function main(container: HTMLElement): Promise<void> {
  const params = readLaunchParams(location.href);
  // At once, before anything is asked: what is not in the address bar is in no history, no referrer and no screenshot.
  cleanEntry(params.cleanAddress, params.ticket !== null);
  // Beside the configuration, which seldom says otherwise.
  void loadI18n(askedLanguage(null));
  const config = await loadPageConfig(new URL('ozloc/config.json', document.baseURI)).catch(() => null);
  const i18n = await loadI18n(askedLanguage(config));
  document.documentElement.lang = i18n.locale;
  document.title = i18n.t('app.title');
  if (!config) {
    const boot = container.querySelector('.boot');
    if (boot) boot.textContent = i18n.t('app.configFailed');
    return;
  }
  const { page, open, openBy } = startPage(config, i18n, { params, entry: openedEntry(), tabs: openSaleTabs(window) });
  tellCaller(page.store);
  keepHistory(page.store);
  // The same page with another ticket, as a frame of CNT's gets it: browsers load nothing anew for a new fragment.
  const openAnother = () => {
    const { ticket, cleanAddress } = readLaunchParams(location.href);
    if (!ticket) return false;
    cleanEntry(cleanAddress, true);
    void openBy(ticket);
    return true;
  };
  addEventListener('hashchange', openAnother);
  container.replaceChildren();
  render(
    <PageProvider value={page}>
      <App />
    </PageProvider>,
    container,
  );
  // It may have come before anything listened.
  if (!openAnother()) await open();
}

if (root) void main(root);
