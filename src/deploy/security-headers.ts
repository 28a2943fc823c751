/**
 * What pages may load, by directive. No inline script and no inline stylesheet; style attributes are KaTeX's,
 * the worker and the WebAssembly are Pagefind's.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
const directives = {
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' data:",
  'worker-src': "'self' blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
} as const satisfies Record<string, string>;

function policy(of: Record<string, string>): string {
  return Object.entries(of)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** The policy as a page states it itself, for hosts that send no headers. */
export const pagePolicy = policy(directives);

/** What a host sends with every answer. A page cannot say by itself who may frame it. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy({ ...directives, 'frame-ancestors': "'none'" }),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/** For files whose name changes with what is in them: those below `_astro/`. */
export const hashedCaching = 'public, max-age=31536000, immutable';

/** For everything else: kept, and asked for anew each time. */
export const otherCaching = 'no-cache';
