import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import { content } from '../content/content.ts'
import { MANAGEMENT } from '../route.ts'
import { PASSWORD_LENGTH } from './sign-in.ts'

/** Guesses that a password must withstand: 3 of 4 is "safely unguessable" (zxcvbn; Wheeler, USENIX Security 2016). */
const LEAST_SCORE = 3

/** Made when a password is first chosen: ranking its lists takes a third of a second. */
let guesser: ZxcvbnFactory | undefined

/** Words that whoever guesses would take from the site itself (OWASP ASVS 5.0.0, 6.1.2); docs/management.md lists them. */
function wordsOfSite(): string[] {
  const sites = content().sites.flatMap(({ name, hosts }) => [name, ...hosts])
  return [...sites, 'beheerder', 'lezer', 'manager', 'reader', MANAGEMENT.slice(1)]
}

/** A text, its parts, and the text without blanks and signs: how people make a password of it. */
function formsOf(text: string): string[] {
  return [text, text.replaceAll(/[^\p{L}\p{N}]/gu, ''), ...text.split(/[@.\s-]+/)].filter((form) => form.length > 2)
}

/**
 * What is wrong with a new password: too short or too long, or easy to guess, such as a known one, or one made of the own
 * name or of words of the site (NIST SP 800-63B 5.1.1.2: a length and a list, no rules about signs). Absent: it is fine.
 */
export function passwordProblem(password: string, known: readonly string[]): 'short' | 'long' | 'easy' | undefined {
  if (password.length < PASSWORD_LENGTH.least) return 'short'
  if (password.length > PASSWORD_LENGTH.most) return 'long'
  guesser ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
  return guesser.check(password, [...known, ...wordsOfSite()].flatMap(formsOf)).score < LEAST_SCORE ? 'easy' : undefined
}
