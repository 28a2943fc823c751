import { readFile } from 'node:fs/promises';

/**
 * Says when a process began, so that a process of the same number that comes later is not taken for it:
 * numbers are given anew, in a container soon. Only Linux tells; elsewhere the number has to do.
 *
 * @returns undefined when no such process runs; a zombie, which nobody has buried yet, does not run
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!isRunning(pid)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return String(pid);
  const fields = statFields(stat);
  if (/^[ZX]/.test(fields[0] ?? '')) return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${pid} ${fields[19] ?? ''} ${boot.trim()}`.trim();
}

/**
 * What stands in /proc/<pid>/stat after the name, which may hold spaces and brackets: the state, the parent, … The
 * first is field 3 of proc(5), so the start, its field 22, has the index 19.
 */
export function statFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether a process with this number runs; one that belongs to somebody else does. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
