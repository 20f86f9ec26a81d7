import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CountedSite } from '../counted-site.ts'
import { measureInChromium } from './measure.ts'
import { LIKE_WIKIPEDIA, type Neutral } from './real-names.ts'
import { Screen } from './screen.ts'

// `npm run traces:neutral`: which kind of page behind the exit has the address bar offer our site to who looks for that page. Chromium gives
// the last address of a tab the title of the page that took its place. After one typed visit, with HIDE_VISITS=off.

const html = (title: string): Pick<Neutral, 'contentType' | 'body'> => ({
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="nl">${title === '' ? '' : `<title>${title}</title>`}<h1>Welkom</h1>`,
})

const TARGETS: Readonly<Record<string, Neutral>> = {
  'a title that many look for': LIKE_WIKIPEDIA,
  'a title of common words': { ...html('Het weer van vandaag'), words: ['weer', 'vandaag'] },
  'a title of one rare word': { ...html('Kwartelkoning'), words: ['kwartel', 'kwartelkoning'] },
  'a page without a title': { ...html(''), words: ['welkom', 'wikipedia'] },
  'plain text': { contentType: 'text/plain; charset=utf-8', body: 'Welkom', words: ['welkom', 'wikipedia'] },
}

const data = mkdtempSync(join(tmpdir(), 'neutral-'))
const screen = await Screen.start()
const site = await CountedSite.start({ HIDE_VISITS: 'off', DATA_FOLDER: data, FIXED_MOMENT: 'on' })
const rows: Record<string, { words: string; suggestedFor: string; tile: boolean }> = {}
try {
  for (const [kind, neutral] of Object.entries(TARGETS)) {
    const one = { arrival: 'typed', ending: 'exit', hideVisits: 'off', script: true } as const
    const measure = () => measureInChromium(one, site.port, screen, neutral)
    // On a busy machine a key can be lost, and then another address is opened: once more, with a fresh profile.
    const { suggestedFor, tile } = await measure().catch(measure)
    rows[kind] = { words: neutral.words.join(' '), suggestedFor: suggestedFor.join(' '), tile }
  }
} finally {
  await site.stop()
  screen.stop()
  rmSync(data, { recursive: true, force: true })
}
console.table(rows)
