import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { PORT } from './environment.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The body as it went over the wire, compressed where the server compressed it. */
  readonly wire: Buffer
  readonly text: string
}

/** What a browser of today takes over an encrypted connection. */
export const BROWSER_ENCODINGS = 'gzip, deflate, br, zstd'

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/**
 * Asks the server for a path under a host name. The connection goes to this machine whatever the name is, and nothing is
 * decoded or followed on the way, so that the bytes and the redirects are those of the server.
 * @param port of the server, when it is not the one that all tests share
 */
export function ask(
  host: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  port = PORT,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path, headers: { ...headers, Host: host } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const wire = Buffer.concat(chunks)
        const text = decoded(wire, response.headers['content-encoding']).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, wire, text })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

function decoded(wire: Buffer, encoding: string | undefined): Buffer {
  if (wire.length === 0) return wire
  if (encoding === 'br') return brotliDecompressSync(wire)
  return encoding === 'gzip' ? gunzipSync(wire) : wire
}
