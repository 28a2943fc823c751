import type { APIRoute, GetStaticPaths } from 'astro';
import type { SourceScript } from '../../collections/content-source.ts';
import { getSite } from '../../content.ts';
import { fileName } from '../../navigation/script-files.ts';
import { notebookJson } from '../../notebook/notebook.ts';
import { scriptNotebook } from '../../notebook/script-notebook.ts';

/** Each published script as a notebook. */
export const getStaticPaths = (async () => {
  const { source, pages } = await getSite();
  return source.scripts
    .filter(({ ref }) => pages.has(ref))
    .map((script) => ({ params: { file: fileName(script.file).replace(/\.py$/, '') }, props: { script } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ script: SourceScript }> = async ({ props, url, site }) => {
  const { origin } = site ?? url;
  const made = scriptNotebook(props.script, { ...(await getSite()), origin });
  return new Response(notebookJson(made), { headers: { 'content-type': 'application/x-ipynb+json' } });
};
