import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { contentOfBuild, keepContent, outlineOfBuild } from './built-content.ts'
import { contentWarnings } from './check.ts'
import { content } from './content.ts'
import { outlineOf } from './outline.ts'
import { overdueWarnings } from './overdue.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'build-'))))
afterEach(() => rmSync(folder, { recursive: true }))

it('brings back the content of the build, to the last letter', () => {
  keepContent(folder, content(), outlineOf(content()))
  // The comparison of Node takes a hundredth of the time of toEqual.
  expect(isDeepStrictEqual(contentOfBuild(folder), content())).toBe(true)
})

it('brings back the outline without the text of any page, and with every warning of the whole content', () => {
  keepContent(folder, content(), outlineOf(content()))
  const { outline, translations } = outlineOfBuild(folder)
  const pages = Object.values(outline.languages).flatMap(({ pages, entries }) => [...pages, ...entries])
  expect(pages.length).toBeGreaterThan(100)
  for (const page of pages) expect(Object.keys(page)).not.toEqual(expect.arrayContaining(['body']))
  const later = parseDay('2035-01-01')
  const warnings = [...overdueWarnings(outline, later), ...translations]
  expect(warnings.length).toBeGreaterThan(0)
  expect(warnings).toEqual(contentWarnings(content(), later))
})

it('says what to do when there is no whole build', () => {
  expect(() => contentOfBuild(folder)).toThrow('npm run build')
})
