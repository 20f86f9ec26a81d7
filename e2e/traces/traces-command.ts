import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acceptingBuild } from '../accepting-build.ts'
import { CountedSite } from '../counted-site.ts'
import { allCases, nameOfCase, SETTINGS, type Case } from './cases.ts'
import { measureInChromium, type Measured } from './measure.ts'
import { recordVisits } from './record.ts'
import { Screen } from './screen.ts'

// `npm run traces`: measures what a visit leaves, for every way in which a reader comes and goes, and with HIDE_VISITS on and off. It takes
// about an hour. What was measured of this build is kept, so that a run that was stopped goes on; `-- typed exit` takes the cases
// whose names hold all of these words. The table is printed, and written to content/traces.json when no case is missing.
const FOLDER = join('.next', 'cache', 'traces')

const kept = join(FOLDER, `${readFileSync('.next/BUILD_ID', 'utf8').trim()}.json`)
mkdirSync(FOLDER, { recursive: true })
const measured = keptSoFar()

const words = process.argv.slice(2)
const chosen = allCases().filter((one) => words.every((word) => nameOfCase(one).includes(word)))
const left = chosen.filter((one) => !(nameOfCase(one) in measured))
console.log(`${chosen.length} cases, ${chosen.length - left.length} of them measured before.`)

if (left.length > 0) await measureAll(left)

function keptSoFar(): Record<string, Measured> {
  return existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Measured>) : {}
}

async function measureAll(cases: readonly Case[]): Promise<void> {
  const build = acceptingBuild()
  const data = mkdtempSync(join(tmpdir(), 'traces-'))
  const screen = await Screen.start()
  const sites: Partial<Record<Case['hideVisits'], CountedSite>> = {}
  try {
    for (const setting of SETTINGS) {
      const settings = {
        HIDE_VISITS: setting,
        DATA_FOLDER: join(data, setting),
        TRUSTED_PROXIES: '0',
        FIXED_MOMENT: 'on',
      }
      sites[setting] = await CountedSite.start(settings, build.folder)
    }
    for (const one of cases) {
      const name = nameOfCase(one)
      try {
        const port = sites[one.hideVisits]?.port ?? 0
        // On a busy machine a key can be lost, and then another address is opened: once more, with a fresh profile.
        measured[name] = await measureInChromium(one, port, screen).catch(() => measureInChromium(one, port, screen))
        // Another run may have measured other cases meanwhile.
        Object.assign(measured, { ...keptSoFar(), ...measured })
        writeFileSync(kept, JSON.stringify(measured, undefined, 2))
        console.log(`measured: ${name}`)
      } catch (error) {
        process.exitCode = 1
        console.error(`NOT measured: ${name}\n${error instanceof Error ? error.stack : String(error)}`)
      }
    }
  } finally {
    for (const site of Object.values(sites)) await site.stop()
    screen.stop()
    build.remove()
    rmSync(data, { recursive: true, force: true })
  }
}

console.table(
  Object.fromEntries(
    chosen.flatMap((one) => {
      const found = measured[nameOfCase(one)]
      if (!found) return []
      const { lines, tile, suggestedFor, backShows, reopenedShows, downloads, nameIn, pathIn, sentenceIn } = found
      return [
        [
          nameOfCase(one),
          {
            lines: lines.length,
            tile: tile ? 'yes' : '-',
            suggested: suggestedFor.join(' ') || '-',
            back: backShows === undefined ? '' : backShows ? 'SHOWS' : '-',
            reopened: reopenedShows === undefined ? '' : reopenedShows ? 'SHOWS' : '-',
            downloads: downloads ? 'yes' : '-',
            name: nameIn.length,
            path: pathIn.length,
            text: sentenceIn.length,
          },
        ],
      ]
    }),
  ),
)
const all = allCases()
if (all.every((one) => nameOfCase(one) in measured))
  recordVisits(all.map((one) => ({ ...one, ...(measured[nameOfCase(one)] as Measured) })))
else console.log('content/traces.json is written when every case is measured.')
