import type { APIRoute, GetStaticPaths } from 'astro';
import { getSite } from '../../content.ts';
import { fileName } from '../../navigation/script-files.ts';

/** Each published script, and the modules that scripts import, as the files that they are. */
export const getStaticPaths = (async () => {
  const { source, pages } = await getSite();
  const scripts = source.scripts
    .filter(({ ref }) => pages.has(ref))
    .map(({ file, body }) => ({ file, text: body }));
  return [...scripts, ...source.supportModules].map(({ file, text }) => ({
    params: { file: fileName(file).replace(/\.py$/, '') },
    props: { text },
  }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ text: string }> = ({ props }) =>
  new Response(props.text, { headers: { 'content-type': 'text/x-python; charset=utf-8' } });
