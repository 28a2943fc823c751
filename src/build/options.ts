import { parseArgs } from 'node:util';
import { showsDrafts } from '../collections/drafts.ts';

/** What is built, for where. */
export interface BuildOptions {
  /** Folder that the content is read from. */
  contentDir: string;
  /** Base path with slashes at both ends. */
  base: string;
  /** Address that the site is built for. */
  siteUrl: string;
  /** Render drafts too, for review. */
  drafts: boolean;
  /** Write `.gz` and `.br` beside the text files. */
  precompress: boolean;
  /** Show what Astro says while it renders. */
  verbose: boolean;
}

/** What the command line and the environment say. */
export interface BuildRequest extends BuildOptions {
  /** Build although nothing has changed. */
  force: boolean;
  help: boolean;
}

export const buildUsage = `Usage: npm run build -- [--content-dir <folder>] [--drafts] [--precompress] [--force] [--verbose]

Checks the content, renders it, indexes it for the search, checks the built site, and then replaces dist/.
If anything fails, dist/ stays as it is. If nothing changed since the last build, nothing is done.

  --content-dir <folder>  content to build (CONTENT_DIR; content)
  --drafts                build drafts too, each marked and hidden from search engines (DRAFTS=1)
  --precompress           write .gz and .br beside each text file, for hosts that send what is compressed already
  --force                 build although nothing has changed
  --verbose               show Astro's own output

SITE_URL and BASE_PATH say where the site will be.
`;

/** The address used when SITE_URL is not given; also in astro.config.mjs. */
const defaultSite = 'https://annotated-trainers.example';

/** Reads the command line and the environment. Throws TypeError for an option or a value that does not exist. */
export function buildOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BuildRequest {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'content-dir': { type: 'string' },
      drafts: { type: 'boolean' },
      precompress: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    contentDir: values['content-dir'] ?? env.CONTENT_DIR ?? 'content',
    base: `/${env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/'),
    siteUrl: env.SITE_URL ?? defaultSite,
    drafts: values.drafts ?? showsDrafts(env),
    precompress: values.precompress,
    force: values.force,
    verbose: values.verbose,
    help: values.help,
  };
}
