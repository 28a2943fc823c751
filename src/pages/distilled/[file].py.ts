import type { APIRoute, GetStaticPaths } from 'astro';
import { getSite } from '../../content.ts';

/** Each distilled file as it is: the regions of annotated trainers link to it. */
export const getStaticPaths = (async () =>
  (await getSite()).source.distilled.map(({ name, text }) => ({
    params: { file: name },
    props: { text },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ text: string }> = ({ props }) =>
  new Response(props.text, { headers: { 'content-type': 'text/x-python; charset=utf-8' } });
