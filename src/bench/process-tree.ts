import { readdirSync, readFileSync } from 'node:fs';
import { statFields } from '../build/process-identity.ts';

/** What a process and all that it started hold and have used. */
export interface TreeUse {
  /** Bytes of memory; what several share counts once. */
  bytes: number;
  /** Seconds of processor time of those that run now, and of those that ended and were waited for. */
  seconds: number;
}

/** Ticks of the clock in a second, as Linux shows them to programs. */
const ticks = 100;

/**
 * Reads /proc (Linux only): proportional set size, since workers and children share pages.
 *
 * @returns undefined where there is no /proc, or the process has ended
 */
export function treeUse(pid: number): TreeUse | undefined {
  const processes = new Map<number, { parent: number; seconds: number }>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = read(`/proc/${name}/stat`);
      const fields = statFields(stat).map(Number);
      const [, parent = 0] = fields;
      const used = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
      processes.set(Number(name), { parent, seconds: used / ticks });
    }
  } catch {
    return undefined;
  }
  if (!processes.has(pid)) return undefined;
  const inTree = (id: number): boolean =>
    id === pid || (processes.has(id) && inTree(processes.get(id)?.parent ?? 0));
  const members = [...processes].filter(([id]) => inTree(id));
  return {
    bytes: members.reduce((sum, [id]) => sum + sharedOnce(id), 0),
    seconds: members.reduce((sum, [, { seconds }]) => sum + seconds, 0),
  };
}

function sharedOnce(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Empty for a process that ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
