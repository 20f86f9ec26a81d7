import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What Linux tells of a process (proc(5)). */
export interface ProcessState {
  /** Sockets that it has open. */
  readonly sockets: number
  /** Memory that it takes, what it shares with others included. Unit: bytes. */
  readonly memory: number
}

/** @throws Error when there is no such process */
export function stateOf(pid: number): ProcessState {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { sockets: socketsOf(pid), memory: Number(kibibytes) * 1024 }
}

/** The first child of a process: of the readers' process that is the management's. */
export function childOf(pid: number): number | undefined {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text === '' ? undefined : Number(text.split(' ')[0])
}

function socketsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((file) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${file}`).startsWith('socket:')
    } catch {
      // It was closed while the folder was read.
      return false
    }
  }).length
}
