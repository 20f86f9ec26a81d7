import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { CLIENT_NETWORK_HEADER, writeClientNetwork } from './client-network.ts'

function networkOf(remoteAddress: string | undefined, headers: Record<string, string>, trustedProxies: number) {
  const request = { headers: { ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage
  writeClientNetwork(request, trustedProxies)
  return request.headers[CLIENT_NETWORK_HEADER]
}

describe('writeClientNetwork', () => {
  it('gives two addresses of one network the same name, and another network another one', () => {
    const here = networkOf('192.0.2.7', {}, 0)
    expect(here).not.toBe('')
    expect(networkOf('192.0.2.200', {}, 0)).toBe(here)
    expect(networkOf('198.51.100.7', {}, 0)).not.toBe(here)
    expect(networkOf('127.0.0.1', { 'x-forwarded-for': '203.0.113.9, 192.0.2.7' }, 1)).toBe(here)
  })

  it('does not believe a sender who names a network', () => {
    expect(networkOf('192.0.2.7', { [CLIENT_NETWORK_HEADER]: 'mine' }, 0)).toBe(networkOf('192.0.2.7', {}, 0))
    expect(networkOf(undefined, { [CLIENT_NETWORK_HEADER]: 'mine' }, 0)).toBe('')
    expect(networkOf('127.0.0.1', { 'x-forwarded-for': 'no address' }, 1)).toBe('')
  })
})
