import { expect, test } from 'vitest';
import { importedModules } from '../../../src/navigation/script-files.ts';

const lab = { file: 'content/example-scripts/lab.py', text: 'from lab_world import letters\n' };
const world = { file: 'content/example-scripts/lab_world.py', text: 'letters = "abc"\n' };
const other = { file: 'content/example-scripts/lab_chat.py', text: '' };

test('a script needs what it imports, and what that imports', () => {
  expect(importedModules('import torch\nfrom lab import policy\n', [other, lab, world])).toEqual([
    lab,
    world,
  ]);
});

test('a name that only begins like a module is no import of it', () => {
  expect(importedModules('import labels\n# from lab import policy\n', [lab])).toEqual([]);
});
