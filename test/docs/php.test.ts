import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPhp } from '../support/has-php.js';
import { startJournalled } from '../support/journalled.js';
import { besides } from '../support/plant.js';

const RECIPE = readFileSync(join(import.meta.dirname, '../../docs/recipes/call-from-php.md'), 'utf8');
const [library = '', life = ''] = [...RECIPE.matchAll(/```php\n([\s\S]*?)```/g)].map(([, code]) => code);

if (hasPhp('the PHP of docs/recipes/call-from-php.md is not run'))
  describe('docs/recipes/call-from-php.md', () => {
    it('can be followed with PHP, from files in Latin-1: reserved, activated, renamed, cancelled', async () => {
      const journalled = await startJournalled({ boxes: 1 });
      onTestFinished(() => journalled.stop());
      const [box] = journalled.boxes;
      if (!box) throw new Error('no box');
      const folder = mkdtempSync(join(tmpdir(), 'php-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      writeFileSync(join(folder, 'ozmap.php'), library, 'latin1');
      writeFileSync(join(folder, 'life.php'), life, 'latin1');
      const { lat, lng } = besides(box);
      const parameters = [`${journalled.subgraph.url}/v1`, 'demo', box.id, String(lat), String(lng)];
      const options = ['-d', 'error_reporting=E_ALL & ~E_DEPRECATED', '-d', 'default_charset=ISO-8859-1'];
      const { stdout } = await promisify(execFile)('php', [...options, 'life.php', ...parameters], {
        cwd: folder,
        encoding: 'latin1',
      });
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(/^AWAITING_ACTIVATION \d+$/),
        'ACTIVE José da Conceição',
        'APPLIED',
        '',
      ]);
      expect((await journalled.history('loja1|900002')).map(({ action }) => action)).toEqual([
        'client.cancel',
        'client.update',
        'contract.declare',
        'port.reserve',
      ]);
    });
  });
else
  it('names what the recipe needs', () => expect([library, life].every((code) => code.startsWith('<?php'))).toBe(true));
