import { render } from 'preact';
import { askedLanguage } from '../shared/i18n/asked-language.js';
import { loadPageConfig } from '../shared/page-config.js';
import { App } from './panels/app.js';
import { PageProvider } from './panels/context.js';
import { startPage } from './start.js';
import { createWords } from './words/words.js';

const root = document.querySelector<HTMLElement>('#app');

async function main(container: HTMLElement): Promise<void> {
  // The two pages of an installation share one configuration.
  const config = await loadPageConfig(new URL('ozloc/config.json', document.baseURI)).catch(() => null);
  const words = createWords(askedLanguage(config));
  document.documentElement.lang = words.i18n.locale;
  document.title = words.say('page.title');
  if (!config) {
    const boot = container.querySelector('.boot');
    if (boot) boot.textContent = words.say('page.configFailed');
    return;
  }
  container.replaceChildren();
  render(
    <PageProvider value={startPage(config, words)}>
      <App />
    </PageProvider>,
    container,
  );
}

if (root) void main(root);
