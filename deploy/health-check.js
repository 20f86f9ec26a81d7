// Asks the process of this container whether it lives, for the HEALTHCHECK of the Dockerfile: `node deploy/health-check.js PORT`.
const [port] = process.argv.slice(2)
fetch(`http://127.0.0.1:${port}/health`).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
)
