// For `node --import`: writes a line for every connection that the process begins, also one whose name is never found.
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'

subscribe('net.client.socket', () => {
  writeSync(2, 'CONNECTION BEGUN\n')
})
