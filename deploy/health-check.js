// Asks the process of this container whether it lives, for the HEALTHCHECK of the Dockerfile, on the port that it sets (OPERATION_PORT).
const [port = '3900'] = process.argv.slice(2)
fetch(`http://127.0.0.1:${port}/health`).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
)
