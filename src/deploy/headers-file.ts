import { hashedCaching, securityHeaders } from './security-headers.ts';

/**
 * The file `_headers`, which Netlify and Cloudflare Pages read at the root of what is uploaded. What they keep files
 * for by default fits all but the hashed ones.
 *
 * @param base where the site stands on its host, with slashes at both ends: `/`, `/docs/`
 * @see https://docs.netlify.com/manage/routing/headers/
 * @see https://developers.cloudflare.com/pages/configuration/headers/
 */
export function headersFile(base: string): string {
  const rules: [path: string, headers: Readonly<Record<string, string>>][] = [
    [`${base}*`, securityHeaders],
    [`${base}_astro/*`, { 'Cache-Control': hashedCaching }],
  ];
  const texts = rules.map(([path, headers]) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  );
  return `${texts.join('\n\n')}\n`;
}
