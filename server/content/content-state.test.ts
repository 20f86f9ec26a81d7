import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { contentState } from './content-state.ts'
import { content } from './content.ts'

const TODAY = parseDay('2026-11-24')

// Read before the first test, which would have to wait for all of it.
content()

describe('how the content stands', () => {
  it('lists every helpline, and those that are overdue on their day and not before', () => {
    const { helplines } = content()
    const [first] = helplines.map(({ reviewBy }) => reviewBy).sort()
    const last = first as ReturnType<typeof parseDay>
    expect(contentState(content(), last).helplines.filter(({ overdue }) => overdue)).toEqual([])
    const dayAfter = contentState(content(), addDays(last, 1)).helplines
    expect(dayAfter).toHaveLength(helplines.length)
    expect(dayAfter.filter(({ overdue }) => overdue).length).toBe(
      helplines.filter(({ reviewBy }) => reviewBy === last).length,
    )
    expect(dayAfter[0]?.overdue).toBe(true)
  })

  it('lists the facts that are shown with their check date, each with its page', () => {
    const { facts } = contentState(content(), TODAY)
    expect(facts.length).toBeGreaterThan(20)
    for (const { page } of facts) expect(page).toBeTruthy()
  })

  it('says that the trace test is too old after sixty days', () => {
    const { recorded } = content().traces
    expect(contentState(content(), addDays(recorded, 60)).traces.overdue).toBe(false)
    expect(contentState(content(), addDays(recorded, 61)).traces.overdue).toBe(true)
  })

  it('counts the files of each translation, and those a native speaker read', () => {
    const { languages } = contentState(content(), TODAY)
    expect(languages.map(({ language }) => language)).toEqual(['en', 'tr', 'ar'])
    for (const { files, read, open } of languages) {
      expect(files).toBeGreaterThan(50)
      expect(read).toBe(0)
      expect(open).toEqual([])
    }
    const { en } = content().languages
    const [page] = Object.keys(en.translations)
    const readOnce = {
      ...content(),
      languages: {
        ...content().languages,
        en: {
          ...en,
          translations: { ...en.translations, [page as string]: { ...en.translations[page as string], read: TODAY } },
        },
      },
    } as ReturnType<typeof content>
    expect(contentState(readOnce, TODAY).languages[0]?.read).toBe(1)
  })
})
