import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { acceptingBuild } from './accepting-build.ts'
import { CountedSite } from './counted-site.ts'
import { RECORD_TRACES } from './environment.ts'
import { SETTINGS, type Case, type Setting } from './traces/cases.ts'
import { measureInChromium, type Found } from './traces/measure.ts'
import { Screen } from './traces/screen.ts'

// A small part of `npm run traces`: what the next person sees after a visit in a browser with a window, under names with a real ending.

// A browser with a window does not always start on a busy machine, so this is part of `npm run traces` and not of every run.
test.skip(!RECORD_TRACES, 'npm run traces runs this')

// One browser at a time has the keys of the screen.
test.describe.configure({ mode: 'default' })

const build = acceptingBuild()
const data = mkdtempSync(join(tmpdir(), 'arrivals-'))
const sites = new Map<Setting, CountedSite>()
let screen: Screen

test.beforeAll(async () => {
  screen = await Screen.start()
  for (const setting of SETTINGS) {
    const settings = { HIDE_VISITS: setting, DATA_FOLDER: join(data, setting), FIXED_MOMENT: 'on' }
    sites.set(setting, await CountedSite.start(settings, build.folder))
  }
})
test.afterAll(async () => {
  for (const site of sites.values()) await site.stop()
  screen.stop()
  build.remove()
  rmSync(data, { recursive: true, force: true })
})

function measure(one: Omit<Case, 'script'>): Promise<Found> {
  return measureInChromium({ ...one, script: true }, sites.get(one.hideVisits)?.port ?? 0, screen)
}

test('who types the address and leaves finds a tile and suggestions afterwards, which the page for readers tells', async () => {
  const found = await measure({ arrival: 'typed', ending: 'exit', hideVisits: 'off' })
  expect(found).toMatchObject({ lines: [], tile: true, backShows: false, reopenedShows: false, sentenceIn: [] })
  expect(found.suggestedFor).toEqual(expect.arrayContaining(['w', 'jou']))
  expect(found.nameIn).toContain('Top Sites')
})

test('where visits are hidden, who types the address and closes the window leaves nothing that can be seen', async () => {
  const found = await measure({ arrival: 'typed', ending: 'close', hideVisits: 'chromium' })
  expect(found).toMatchObject({ lines: [], tile: false, suggestedFor: [], downloads: false, sentenceIn: [] })
  // What is hidden is in the files all the same.
  expect(found.nameIn).toContain('History')
  expect(found.nameIn).not.toContain('Top Sites')
})

for (const arrival of ['typed', 'search'] as const) {
  test(`where visits are hidden, who comes in this way and leaves has no line, no tile, and no page of ours with Back: ${arrival}`, async () => {
    const found = await measure({ arrival, ending: 'exit', hideVisits: 'chromium' })
    expect(found).toMatchObject({ lines: [], tile: false, backShows: false, reopenedShows: false, sentenceIn: [] })
  })
}
