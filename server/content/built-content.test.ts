import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contentOfBuild, keepContent } from './built-content.ts'
import { content } from './content.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'build-'))))
afterEach(() => rmSync(folder, { recursive: true }))

it('brings back the content of the build, to the last letter', () => {
  keepContent(folder, content())
  // The comparison of Node takes a hundredth of the time of toEqual.
  expect(isDeepStrictEqual(contentOfBuild(folder), content())).toBe(true)
})

it('says what to do when there is no whole build', () => {
  expect(() => contentOfBuild(folder)).toThrow('npm run build')
})
