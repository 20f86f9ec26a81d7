import { createServer } from 'node:http'
import { fetchRaw, type RawRequest } from './raw-answer.ts'

// The baseline: the least that node:http does to send given bytes. It records the answers of the production server once,
// before it listens, and repeats each with the same headers and the same pieces of body.
const [port, recordFrom, ...requests] = process.argv.slice(2)

/** The headers that node:http writes of its own accord; it writes the same ones here. */
const OF_NODE = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])

/** How long it keeps a connection that is not used: as long as the production server, which says so in every answer. Unit: milliseconds. */
let keepAliveTimeout = 0

const answers = new Map<string, { status: number; headers: string[]; first: Buffer[]; last: Buffer | undefined }>(
  await Promise.all(
    requests.map(async (text) => {
      const request = JSON.parse(text) as RawRequest
      const { status, headers, pieces } = await fetchRaw(Number(recordFrom), request)
      const kept = headers.find(([name]) => name.toLowerCase() === 'keep-alive')?.[1]
      keepAliveTimeout = Number(/timeout=(\d+)/.exec(kept ?? '')?.[1] ?? 5) * 1000
      const given = headers.filter(([name]) => !OF_NODE.has(name.toLowerCase())).flat()
      return [
        `${request.host} ${request.path} ${request.encoding}`,
        { status, headers: given, first: pieces.slice(0, -1), last: pieces.at(-1) },
      ] as const
    }),
  ),
)

createServer({ keepAliveTimeout }, (request, response) => {
  const answer = answers.get(`${request.headers.host} ${request.url} ${request.headers['accept-encoding']}`)
  if (!answer) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(answer.status, answer.headers)
  for (const piece of answer.first) response.write(piece)
  response.end(answer.last)
}).listen(Number(port), '127.0.0.1')
