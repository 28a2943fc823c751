import type { APIRoute } from 'astro';
import { getSite } from '../content.ts';
import { coverageSchema } from '../coverage/report-schema.ts';

/** The coverage report as data; its shape is `coverageSchema`. */
export const GET: APIRoute = async () => {
  const { coverage } = await getSite();
  return new Response(`${JSON.stringify(coverageSchema.parse(coverage), null, 2)}\n`, {
    headers: { 'content-type': 'application/json' },
  });
};
