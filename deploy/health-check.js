import { isIPv6 } from 'node:net'

// Asks the process of this container whether it lives, for the HEALTHCHECK of the Dockerfile: `node deploy/health-check.js HOST PORT`.
const [host = '', port] = process.argv.slice(2)
// A process that listens on every address is asked on this machine's own.
const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
fetch(`http://${isIPv6(address) ? `[${address}]` : address}:${port}/health`).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
)
