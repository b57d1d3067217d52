/*
 * How the gazetteer reads addresses as people write them: test/geocoding/cases against three made-up towns and, where it lies beside the
 * repository, a real city. Prints what is wrong, and ends with 1 when a place was taken for sure that is not the one, or too few were found.
 * `-- --all` shows what was missed, too, but for the lines that are held out.
 */
import { readCityFolder } from '../src/city/read-folder.js';
import { createGazetteer } from '../src/geocoding/gazetteer/index.js';
import { readCases, type Scored, score } from '../test/geocoding/cases/score.js';
import { cityFolderOf } from '../test/support/towns.js';

const FOUND_AT_LEAST = 0.97;
const showAll = process.argv.includes('--all');
const print = (line: string) => process.stdout.write(`${line}\n`);
const all: Scored[] = [];
let cpuMs = 0;

for (const [town, cases] of readCases()) {
  const folder = cityFolderOf(town);
  if (folder === null) {
    print(`${town}: skipped, its data do not lie beside this repository`);
    continue;
  }
  const city = await readCityFolder(folder);
  const gazetteer = createGazetteer(city);
  // The first time, code is compiled; the second time is measured.
  await score(cases, city, gazetteer);
  const started = process.cpuUsage();
  const scored = await score(cases, city, gazetteer);
  const { user, system } = process.cpuUsage(started);
  cpuMs += (user + system) / 1000;
  all.push(...scored);
  print(`${town}: ${summary(scored)}`);
}

for (const { one, mark, answer } of all) {
  if (mark === 'right' || (mark === 'missed' && (!showAll || one.heldOut))) continue;
  const got =
    answer.kind === 'found' ? answer.location : answer.kind === 'ambiguous' ? answer.candidates[0] : undefined;
  const where = `${got?.formattedAddress ?? ''} ${got?.precision ?? ''} ±${got?.accuracyM ?? ''}`;
  print(
    `  ${mark.padEnd(6)} ${one.town}: ${JSON.stringify(one.address)} is ${one.expect} ${one.street}, got ${answer.kind} ${where}`,
  );
}
const wrong = all.filter(({ mark }) => mark === 'wrong').length;
print(`held out: ${summary(all.filter(({ one }) => one.heldOut))}`);
print(`all: ${summary(all)}, ${(cpuMs / all.length).toFixed(3)} ms of CPU each`);
print(`wrong-and-sure ${wrong}`);
process.exitCode = wrong === 0 && foundShare(all) >= FOUND_AT_LEAST ? 0 : 1;

function foundShare(scored: readonly Scored[]): number {
  const places = scored.filter(({ one }) => one.expect !== 'no');
  return places.filter(({ mark }) => mark === 'right').length / Math.max(1, places.length);
}

function summary(scored: readonly Scored[]): string {
  const count = (mark: string) => scored.filter((one) => one.mark === mark).length;
  return `${scored.length} lines, found ${(100 * foundShare(scored)).toFixed(1)} %, missed ${count('missed')}, wrong-and-sure ${count('wrong')}`;
}
