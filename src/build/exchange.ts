import { spawnSync } from 'node:child_process';

/** Asks the system to exchange two paths: renameat2 with RENAME_EXCHANGE on Linux, renamex_np with RENAME_SWAP on macOS. */
const python = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
a, b = (os.fsencode(path) for path in sys.argv[1:])
if sys.platform == "darwin":
    failed = libc.renamex_np(a, b, 2)
else:
    failed = libc.renameat2(-100, a, -100, b, 2)
sys.exit(1 if failed else 0)
`;

const programs: readonly [command: string, ...args: string[]][] = [
  ['mv', '--exchange', '--no-target-directory'], // GNU coreutils 9.5
  ['python3', '-c', python],
];

/**
 * Exchanges two paths in one step of the file system, so that nobody, not even somebody who looks at the very
 * moment of a kill, sees either of them missing. Node has no call for it; two programs that most machines have
 * can do it.
 *
 * @returns false, with both as they were, when no program here or the file system cannot
 */
export function exchange(a: string, b: string): boolean {
  return programs.some(([command, ...args]) => {
    const { status } = spawnSync(command, [...args, a, b], { stdio: 'ignore' });
    return status === 0;
  });
}
