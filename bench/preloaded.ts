// Preloaded into every server that is measured: it says how much processor time the process has used, and ends the
// process with the command that started it, so that no server is left behind.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => process.exit())
