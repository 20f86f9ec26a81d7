import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formOfMessage, messagesByPath, missingPlurals } from '../content/messages.ts'

const areas = readdirSync('content/nl/manage').sort()

/** The messages of an area of the management in a language, by their path. */
function messagesOf(language: 'nl' | 'en', area: string): Map<string, string> {
  return messagesByPath(
    JSON.parse(readFileSync(`content/${language}/manage/${area}`, 'utf8')) as Record<string, unknown>,
  )
}

it('the management speaks of the same things in Dutch and in English', () => {
  expect(areas.length).toBeGreaterThan(3)
  expect(readdirSync('content/en/manage').sort()).toEqual(areas)
})

describe.each(areas)('%s', (area) => {
  it('has the same messages in Dutch and in English, with the same arguments and no empty one', () => {
    const [dutch, english] = [messagesOf('nl', area), messagesOf('en', area)]
    expect([...english.keys()].sort()).toEqual([...dutch.keys()].sort())
    for (const [path, message] of dutch) {
      const other = english.get(path) ?? ''
      expect([message.trim(), other.trim()], path).not.toContain('')
      expect(formOfMessage(other).names, path).toEqual(formOfMessage(message).names)
      for (const language of ['nl', 'en'] as const) {
        for (const options of formOfMessage(language === 'nl' ? message : other).plurals.values())
          expect(missingPlurals(options, language), path).toEqual([])
      }
    }
  })
})
