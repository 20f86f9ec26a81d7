import { createHash } from 'node:crypto'

/**
 * The ways in which a browser may write down the name of a site: as it is, backwards (as indexes of domains are), and within a longer
 * base64 text, whichever of three bytes it begins at. In capitals, UTF-16 and gzip it is found by the search itself (words-on-disk.ts).
 * @param host with `www.`; the name without it, and without its ending, is part of every longer one
 */
export function spellingsOfName(host: string): string[] {
  const name = host.replace(/^www\./, '').replace(/\.[a-z]+$/, '')
  return [
    name,
    [...name].reverse().join(''),
    ...[0, 1, 2].map((offset) => insideBase64(name, offset)),
    ...[host, host.replace(/^www\./, '')].map(hiddenName),
  ]
}

/** The letters that base64 (RFC 4648) makes of a text wherever it begins: without those that also hold its neighbours. */
function insideBase64(text: string, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString('base64')
  return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + text.length) * 8) / 6))
}

/** A name as Chromium keeps it in the file `TransportSecurity`: SHA-256 of the name as it stands in a question to DNS (RFC 1035, 3.1). */
export function hiddenName(host: string): string {
  const labels = host.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return createHash('sha256')
    .update(Buffer.concat([...labels, Buffer.from([0])]))
    .digest('base64')
}
