// Preloaded into every server that is measured: it says how much processor time and memory the process has used, and ends the
// process with the command that started it, so that no server is left behind. It is no TypeScript, so that a server of the build runs
// without a compiler in its memory, as it does for its readers.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system, memory: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit())
