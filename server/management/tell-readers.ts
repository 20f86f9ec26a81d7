import type { FromManagement, ToManagement } from '../management-process.ts'

/** How long a screen waits until readers see what was changed; without an answer they do within ten seconds (follow-plans.ts). Unit: milliseconds. */
const PATIENCE = 2_000

let number = 0

/**
 * Tells the readers' process that runs or links were changed, and waits until it has taken them in, so that a manager who looks at the
 * site at once sees the change. A command, a test and development have no such process.
 */
export async function tellReaders(): Promise<void> {
  const { send } = process
  if (!send) return
  const changed = ++number
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(tooLate)
      process.off('message', heard)
      resolve()
    }
    const heard = (message: ToManagement) => message.seen === changed && end()
    const tooLate = setTimeout(end, PATIENCE)
    process.on('message', heard)
    send.call(process, { changed } satisfies FromManagement, () => {})
  })
}
