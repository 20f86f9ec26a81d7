import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renewedSite } from '#server/management/renewed-site.ts'

/** Passes requests on to a server, and its answers back, as a process does that stands before the framework. */
export class PassingOn {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(port: number): Promise<PassingOn> {
    const server = createServer((asked, response) => void passOn(asked, response, port))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new PassingOn(server)
  }

  get address(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

async function passOn(asked: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of asked) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  const { method, url = '/', headers } = asked
  const sent = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    void (async () => {
      const page = await renewedSite(
        { url, headers, body },
        { status: answer.statusCode ?? 0, headers: answer.headers },
      )
      if (!page) {
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        return void answer.pipe(response)
      }
      answer.resume()
      response.writeHead(page.status, page.headers)
      response.end(page.body)
    })()
  })
  sent.end(body)
}
