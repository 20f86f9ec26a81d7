import { connect } from 'node:net'

/** A request of which every byte is known, so that both servers are asked exactly the same. */
export interface RawRequest {
  readonly host: string
  readonly path: string
  readonly encoding: 'gzip' | 'identity'
}

/** An answer as it came over the wire; `pieces` is the body as it was cut by the server (RFC 9112 7.1). */
export interface RawAnswer {
  readonly bytes: Buffer
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly pieces: readonly Buffer[]
}

const TIMEOUT_MILLISECONDS = 10_000

export function fetchRaw(port: number, { host, path, encoding }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nConnection: keep-alive\r\nHost: ${host}\r\nAccept-Encoding: ${encoding}\r\n\r\n`,
      )
    })
    socket.setTimeout(TIMEOUT_MILLISECONDS, () =>
      socket.destroy(new Error(`No whole answer for ${host}${path} within ${TIMEOUT_MILLISECONDS} ms.`)),
    )
    socket.on('error', reject)
    socket.on('close', () =>
      reject(new Error(`The connection for ${host}${path} was closed before the answer was whole.`)),
    )
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data])
      const answer = readAnswer(bytes)
      if (!answer) return
      resolve(answer)
      socket.destroy()
    })
  })
}

/** Whether two answers are the same to the byte, but for the second in which they were given. */
export function sameBytes(one: RawAnswer, other: RawAnswer): boolean {
  return withoutDate(one) === withoutDate(other)
}

function withoutDate({ bytes }: RawAnswer): string {
  return bytes.toString('latin1').replace(/^Date: .*$/m, '')
}

/** Nothing while the answer is not yet whole. */
function readAnswer(bytes: Buffer): RawAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  const body = bytes.subarray(end + 4)
  const pieces = length === undefined ? readChunks(body) : body.length >= Number(length) ? [body] : undefined
  return pieces && { bytes, status: Number(statusLine.split(' ')[1]), headers, pieces }
}

function readChunks(body: Buffer): Buffer[] | undefined {
  const pieces: Buffer[] = []
  // Every turn moves on by at least the five bytes of an empty chunk, so the loop ends with the body.
  for (let start = 0; start < body.length;) {
    const endOfSize = body.indexOf('\r\n', start)
    if (endOfSize === -1) return undefined
    const size = parseInt(body.toString('latin1', start, endOfSize), 16)
    if (size === 0) return body.length >= endOfSize + 4 ? pieces : undefined
    pieces.push(body.subarray(endOfSize + 2, endOfSize + 2 + size))
    start = endOfSize + 2 + size + 2
  }
  return undefined
}
