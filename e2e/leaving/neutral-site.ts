import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NEUTRAL_ADDRESS } from '../neutral-address.ts'

export const NEUTRAL_TITLE = 'Gewoon'

/** A page of one colour, so that a picture of it cannot be taken for a page of ours or for the blank cover. */
const PAGE = `<!doctype html><html lang="nl"><title>${NEUTRAL_TITLE}</title><style>html{background:#00aa77}</style>`

/** The address of a page of somebody else that has one link, over all of it. */
export function pageWithLinkTo(address: string): string {
  return `https://anders.test/?to=${encodeURIComponent(address)}`
}

/** Stands in for the neutral site and for every other one, encrypted, on a free port of this machine. */
export async function neutralSite(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'neutral-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const { hostname } = new URL(NEUTRAL_ADDRESS)
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${hostname}`, '-addext', `subjectAltName=DNS:${hostname}`, '-keyout', key, '-out', cert],
    ],
    { stdio: 'pipe' },
  )
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, ({ url = '' }, response) => {
    const to = new URL(url, 'https://anders.test').searchParams.get('to')
    const link = to === null ? '' : `<a href="${to}" style="position:fixed;inset:0">Verder</a>`
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE + link)
  })
  rmSync(folder, { recursive: true })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
