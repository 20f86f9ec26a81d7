import { existsSync, readFileSync } from 'node:fs'

/**
 * What is wrong with the tests that a sentence of a document names: `file`: title, one after the other with <br> between them. A title is
 * whole; … stands for what differs from one test to the next.
 * @returns a problem for each test that does not exist; none when all of them do
 */
export function problemsWithTests(named: string, of: string): string[] {
  return named.split('<br>').flatMap((one) => {
    const [, file = '', title = ''] = /^`(.+?)`: (.+)$/.exec(one) ?? []
    if (!existsSync(file) || !/\.(test|spec)\.ts$/.test(file)) return [`${of} names no test: "${one}"`]
    // What differs from one test to the next is a part between braces in a spec, and %s in a table of cases.
    const written = new RegExp(`^${title.split('…').map(escaped).join('.+')}$`)
    const found = title.replaceAll('…', '').length >= 8 && titlesIn(file).some((candidate) => written.test(candidate))
    return found ? [] : [`${of} names a test that ${file} does not have: "${title}"`]
  })
}

const titlesOfFiles = new Map<string, readonly string[]>()

/** The titles of the tests in a file: the first argument of a call whose second one is a function, or a setting and a function. */
function titlesIn(file: string): readonly string[] {
  const known = titlesOfFiles.get(file)
  if (known) return known
  const titles = [
    ...readFileSync(file, 'utf8').matchAll(/\(\s*(['"`])((?:(?!\1).)+)\1,\s+(?:\{[^}]*\},\s+)?(?:async )?\(/g),
  ].map(([, , title = '']) => title)
  titlesOfFiles.set(file, titles)
  return titles
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
