import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { setTimeout as wait } from 'node:timers/promises'
import type { Hostile } from './hostile.ts'

/** Where requests go in: a port of this machine, with TLS for a name or without it. */
export interface Door {
  readonly port: number
  readonly tlsFor?: string
}

/** How long a connection may take to be made. Unit: milliseconds. */
const PATIENCE = 5_000

/**
 * Sends one connection of an attacker to the door, and ends it as it says. It does not fail: whatever the other side does is an answer.
 * @returns the status of the first answer; 0 when none came in the time
 */
export async function deliver({ pieces, pause, end, after, layer }: Hostile, door: Door): Promise<number> {
  const plain = connect(door.port, '127.0.0.1')
  // Whatever comes over a connection that is gone is of no use.
  plain.on('error', () => {})
  const socket = door.tlsFor === undefined || layer === 'bare' ? plain : inTls(plain, door.tlsFor, layer)
  socket.on('error', () => {})
  let first = ''
  socket.on('data', (data: Buffer) => {
    if (first.length < 12) first += data.toString('latin1', 0, 12)
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  try {
    if (!(await isOpen(socket))) return 0
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && pause > 0) await wait(pause)
      if (!socket.writable) break
      socket.write(piece)
    }
    if (end === 'half-close') socket.end()
    await Promise.race([closed, wait(after)])
    return Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0)
  } finally {
    // A reset goes out on the connection itself, under whatever lies over it.
    if (end === 'reset') plain.resetAndDestroy()
    socket.destroy()
    plain.destroy()
  }
}

/** A certificate of a test is signed by nobody, and an attacker would not ask. */
function inTls(plain: Socket, servername: string, layer: 'h1' | 'h2'): Socket {
  const ALPNProtocols = [layer === 'h2' ? 'h2' : 'http/1.1']
  return connectTls({ socket: plain, servername, rejectUnauthorized: false, ALPNProtocols })
}

function isOpen(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), PATIENCE)
    const decide = (open: boolean) => {
      clearTimeout(late)
      resolve(open)
    }
    socket.once('close', () => decide(false))
    socket.once('secureConnect', () => decide(true))
    if (!('encrypted' in socket)) socket.once('connect', () => decide(true))
  })
}
