import { connect } from 'node:net'
import { PORT } from './environment.ts'

export interface RawAnswer {
  readonly status: number
  /** The body, as letters of UTF-8; it comes without compression. */
  readonly body: string
  /** Where the answer sends whoever asked; absent for a page. */
  readonly location: string | undefined
}

/**
 * Asks the server of the tests for a target that is sent byte by byte as it stands: clients change what they take for a mistake in it.
 * @param target bytes as one text, each sign one byte (latin1)
 * @param port of the server, when it is not the one that all tests share
 */
export function askRaw(host: string, target: string, port = PORT): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1')
    })
    socket.setTimeout(20_000, () => socket.destroy(new Error(`No answer to ${JSON.stringify(target)} within 20 s.`)))
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('error', reject)
    socket.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8')
      const end = text.indexOf('\r\n\r\n')
      const head = text.slice(0, end)
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        body: text.slice(end + 4),
        location: /^location: (.*)$/im.exec(head)?.[1]?.trim(),
      })
    })
  })
}
