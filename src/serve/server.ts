import { createServer, type Server } from 'node:http';
import { hashedCaching, otherCaching, securityHeaders } from '../deploy/security-headers.ts';
import { encoded } from './encoding.ts';
import { answer } from './static-files.ts';

/** The port is taken by another program. */
export class PortTakenError extends Error {
  constructor(port: number) {
    super(
      `expected port ${port} to be free, found another program on it\n  Stop it, or choose another: PORT=${port + 1} npm start`,
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Serves a built site.
 *
 * @param dir the built site
 * @param base base path with slashes at both ends
 * @param port 0 for any free one
 * @returns the server and its address
 * @throws PortTakenError
 */
export async function serve(
  dir: string,
  base: string,
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    answer(dir, base, request.url ?? '/').then(
      async (found) => {
        if (found.status === 308) return response.writeHead(308, { location: found.location }).end();
        const { body, encoding } = await encoded(dir, found, String(request.headers['accept-encoding']));
        response.writeHead(found.status, {
          'content-type': found.type,
          'content-length': body.length,
          vary: 'accept-encoding',
          'cache-control': found.immutable ? hashedCaching : otherCaching,
          ...securityHeaders,
          ...(encoding ? { 'content-encoding': encoding } : {}),
        });
        return response.end(request.method === 'HEAD' ? undefined : body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error),
    );
    server.listen(port, 'localhost', resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { server, url: `http://localhost:${actual}${base}` };
}
