import { format } from 'node:util'
import { dayOf } from '#campaign/day.ts'
import { isAskingItself } from './asking-itself.ts'

export type Level = 'info' | 'warning' | 'error'

/** Tells who looks after the site something in a sentence of ours, which holds nothing of a request. */
export type Say = (sentence: string, level?: Level) => void

/** How the log is written: for people, or a JSON object a line for a collector. */
export type LogForm = 'text' | 'json'

/**
 * Writes a line of the log. Its only time is the day: whoever collects the lines dates them, and a line is never written because
 * somebody visited.
 * @param write takes whole lines
 * @param now the clock
 */
export function sayTo(form: LogForm, write: (line: string, level: Level) => void, now: () => Date): Say {
  return (sentence, level = 'warning') =>
    write(form === 'json' ? `${JSON.stringify({ day: dayOf(now()), level, sentence })}\n` : `${sentence}\n`, level)
}

/** The part of a stack that names files of ours and of libraries. Its first lines are the message, which may quote a request. */
const FRAME = /^[ \t]+at .+$/gm
const MOST_FRAMES = 8

/**
 * What may be written of an error that a library met: its kind, its code and where in the code it was. The message is left out: `Invalid
 * URL` names the address that somebody asked for.
 */
export function kindOfError(error: unknown): string {
  if (!(error instanceof Error)) return 'Something that is no error was thrown'
  const { code, digest } = error as { code?: unknown; digest?: unknown }
  const { stack = '', message } = error
  const messageAt = stack.indexOf(message)
  const frames =
    messageAt === -1 ? [] : (stack.slice(messageAt + message.length).match(FRAME) ?? []).slice(0, MOST_FRAMES)
  const words = [error.constructor.name, code, digest].filter(
    (part) => typeof part === 'string' && /^[\w.-]{1,60}$/.test(part),
  )
  return [words.join(' '), ...frames].join('\n')
}

/**
 * Puts what libraries write to the console into the log. While the server starts there is no request to quote, and all of it may be
 * written; after that of an error its kind, and of anything else only that something was said.
 */
export function keepConsole(say: Say, during: 'start' | 'service'): void {
  const whole =
    (level: Level) =>
    (...parts: readonly unknown[]) =>
      say(format(...parts), level)
  const kind =
    (level: Level) =>
    (...parts: readonly unknown[]) => {
      // It happens after every form that leads on, as it is meant to.
      if (isAskingItself(parts)) return
      const errors = parts.filter((part) => part instanceof Error)
      for (const error of errors)
        say(
          `A library met an error. Its message is left out, for it may quote a request:\n${kindOfError(error)}`,
          level,
        )
      if (errors.length === 0 && level !== 'info')
        say(
          'A library wrote a line that is left out, for it may quote a request. Do the same under "npm run dev" to read it.',
          level,
        )
    }
  const keep = during === 'start' ? whole : kind
  Object.assign(console, {
    log: keep('info'),
    info: keep('info'),
    debug: keep('info'),
    warn: keep('warning'),
    error: keep('error'),
  })
}

/** Writes to standard output and standard error, without end when nobody takes what is written any more. */
export function writeToStreams(line: string, level: Level): void {
  ;(level === 'info' ? process.stdout : process.stderr).write(line)
}
