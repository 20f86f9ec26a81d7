import type { IncomingMessage } from 'node:http'
import { addressOf } from '#counting/judgement.ts'
import { neighbourhoodOf } from '#counting/visitor.ts'

/**
 * Tells the management from which network a request comes, so that tries to sign in can be counted for each network. It is
 * written over whatever a sender put there, lives as long as the request, and no reading page looks at it.
 */
export const CLIENT_NETWORK_HEADER = 'x-client-network'

/**
 * Writes the network of the sender (24 bits of IPv4, 48 of IPv6) into the headers of a request; empty where it cannot be told.
 * @param trustedProxies how many proxies of ours a request passes through
 */
export function writeClientNetwork(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): void {
  const forwarded = request.headers['x-forwarded-for']
  const address = addressOf(
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    trustedProxies,
  )
  request.headers[CLIENT_NETWORK_HEADER] = (address && neighbourhoodOf(address)) ?? ''
}
