/** Where TRL's documentation is read. */
const site = 'https://huggingface.co/docs/trl';

/**
 * The address of TRL's own page on a trainer, as of a release. TRL names the page after the trainer's module.
 *
 * @param release `1.16.0`
 * @param module `trl.experimental.gkd.gkd_trainer`
 */
export function documentationLink(release: string, module: string): string {
  return `${site}/v${release}/en/${module.slice(module.lastIndexOf('.') + 1)}`;
}
