/** The settings of the end-to-end tests. The only file of this folder that reads the environment of the process. */

/** The port of the server that the tests start: not the usual one, so that a server of a developer may go on. */
export const PORT = portOf(process.env.E2E_PORT ?? '3190')

/** The browser that is driven: Debian's own package, unless another one is named. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The second browser, of which only the traces are looked at: Debian's own package too. */
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr'

/** Whether what the browsers kept is written to content/traces.json (`npm run traces`), or only looked at. */
export const RECORD_TRACES = process.env.RECORD_TRACES === 'on'

/**
 * Whether every test of accessibility looks at every page in all four languages (`npm run accessibility`), whose result is recorded. Else the
 * keyboard, the colours of the device and the text-only form are looked at on every kind of page in Dutch and Arabic, and axe looks at the
 * colours in Dutch and at one width: the elements of the others are the same.
 */
export const OF_EVERYTHING = process.env.ACCESSIBILITY === 'whole'

export const IN_CI = Boolean(process.env.CI)

/** Chromium refuses to start its sandbox for the root user, as in most containers. */
export const AS_ROOT = process.getuid?.() === 0

/** The environment of a process that a test starts: that of the tests, with settings of its own. */
export function environmentWith(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`E2E_PORT is "${text}"; write a number from 1 to 65535, for example 3190`)
  return port
}

/** What a server that a test starts inherits. */
export const INHERITED: Readonly<Record<string, string | undefined>> = process.env
