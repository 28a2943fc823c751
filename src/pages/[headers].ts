import type { APIRoute, GetStaticPaths } from 'astro';
import { href } from '../content.ts';
import { headersFile } from '../deploy/headers-file.ts';

// Astro leaves out files of pages/ whose name begins with an underscore: hence the parameter.
export const getStaticPaths = (() => [{ params: { headers: '_headers' } }]) satisfies GetStaticPaths;

/** The headers, for hosts that read them from a file. */
export const GET: APIRoute = () =>
  new Response(headersFile(href('/')), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
