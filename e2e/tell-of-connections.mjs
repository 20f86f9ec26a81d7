// For `node --import`: writes a line for every connection that the process begins to another machine or port, also one whose name is never
// found. The readers' process asks the management's one on a Unix socket, which has no port and leaves no machine.
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'

const tell = () => void writeSync(2, 'CONNECTION BEGUN\n')

subscribe('net.client.socket', ({ socket }) => {
  socket.once('lookup', tell)
  socket.on('connectionAttempt', (_address, port) => port !== undefined && tell())
})
