import { openCommands, tryCommands } from './door-commands.js';

const opened = await openCommands();

tryCommands(
  opened,
  opened.commands.filter(({ route }) => route !== '/relocation' && route !== '/port'),
);
