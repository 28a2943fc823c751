import type { APIRoute, GetStaticPaths } from 'astro';
import type { SourceScript } from '../../collections/content-source.ts';
import { cached, getSite } from '../../content.ts';
import { fileName } from '../../navigation/script-files.ts';
import { notebookJson } from '../../notebook/notebook.ts';
import { scriptNotebook } from '../../notebook/script-notebook.ts';

/** Each published script as a notebook. */
export const getStaticPaths = (async () => {
  const { source, pages } = await getSite();
  return source.scripts.flatMap((script) => {
    const page = pages.get(script.ref);
    const file = fileName(script.file).replace(/\.py$/, '');
    return page ? [{ params: { file }, props: { script }, ...cached(page) }] : [];
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ script: SourceScript }> = async ({ props, url, site }) => {
  const { origin } = site ?? url;
  const made = scriptNotebook(props.script, { ...(await getSite()), origin });
  return new Response(notebookJson(made), { headers: { 'content-type': 'application/x-ipynb+json' } });
};
