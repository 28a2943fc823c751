/*
 * Loaded into a build and all it starts (`node --import`): folders are listed backwards, as another file system
 * might. Who relies on the order of names that a folder gives builds another site.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { readdir, readdirSync } = fs;
const promised = fs.promises.readdir;

const backwards = (found: unknown) => (Array.isArray(found) ? found.toReversed() : found);

Object.assign(fs, {
  readdirSync: (...args: Parameters<typeof readdirSync>) => backwards(Reflect.apply(readdirSync, fs, args)),
  readdir(...args: unknown[]) {
    const done = args.pop();
    if (typeof done !== 'function') throw new TypeError('expected a callback');
    Reflect.apply(readdir, fs, [
      ...args,
      (error: unknown, found: unknown) => Reflect.apply(done, undefined, [error, backwards(found)]),
    ]);
  },
});
Object.assign(fs.promises, {
  readdir: async (...args: unknown[]) => backwards(await Reflect.apply(promised, fs.promises, args)),
});
syncBuiltinESMExports();
