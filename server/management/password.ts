import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import { PASSWORD_LENGTH } from './sign-in.ts'

/** Guesses that a password must withstand: 3 of 4 is "safely unguessable" (zxcvbn; Wheeler, USENIX Security 2016). */
const LEAST_SCORE = 3

/** Made when a password is first chosen: ranking its lists takes a third of a second. */
let guesser: ZxcvbnFactory | undefined

/**
 * What is wrong with a new password: too short or too long, or easy to guess, such as a known one, or one made of the own
 * name (NIST SP 800-63B 5.1.1.2: a length and a list, no rules about signs). Absent: it is fine.
 */
export function passwordProblem(password: string, known: readonly string[]): 'short' | 'long' | 'easy' | undefined {
  if (password.length < PASSWORD_LENGTH.least) return 'short'
  if (password.length > PASSWORD_LENGTH.most) return 'long'
  guesser ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
  return guesser.check(
    password,
    known.flatMap((text) => [text, ...text.split(/[@.\s-]+/)]).filter((text) => text.length > 2),
  ).score < LEAST_SCORE
    ? 'easy'
    : undefined
}
