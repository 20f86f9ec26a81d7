import { strFromU8, unzipSync } from 'fflate'
import decode from 'jsqr'
import { PNG } from 'pngjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { sensitiveWordIn } from '../content/check-words.ts'
import { content as contentOfFolder } from '../content/content.ts'
import { LANGUAGES } from '../content/read.ts'
import { addressOfFront } from './site-sheet.ts'
import { toolkitArchive } from './toolkit.ts'

const content = contentOfFolder()
let archive: Uint8Array
let files: Record<string, Uint8Array>

beforeAll(async () => {
  archive = await toolkitArchive(content)
  files = unzipSync(archive)
}, 120_000)

const textOf = (path: string) => strFromU8(files[path] ?? new Uint8Array()).replaceAll('\r\n', '\n')

describe('the toolkit', () => {
  it('has the same files in every language, each told in the README', () => {
    const inLanguage = LANGUAGES.map((language) =>
      Object.keys(files)
        .filter((path) => path.startsWith(`${language}/`))
        .map((path) => path.slice(language.length)),
    )
    expect(inLanguage[0]).toHaveLength(2 * 9 + 4)
    for (const names of inLanguage) expect(names).toEqual(inLanguage[0])
    for (const path of Object.keys(files).filter((name) => name !== 'README.txt'))
      expect(textOf('README.txt')).toContain(`\n${path}\n`)
  })

  it('has names that a relative may read in a folder', () => {
    const stems = LANGUAGES.flatMap((language) => content.languages[language].sensitiveWords)
    for (const path of Object.keys(files)) expect(sensitiveWordIn(path, stems)).toBeUndefined()
  })

  it.each(LANGUAGES)('leads to the front in its own language, with no code: %s', (language) => {
    for (const [site, name] of [
      ['help', 'site'],
      ['diary', 'dagboek'],
    ] as const) {
      const { address } = addressOfFront(content, site, language)
      const { data, width, height } = PNG.sync.read(Buffer.from(files[`${language}/qr-${name}.png`] ?? []))
      expect(decode(new Uint8ClampedArray(data), width, height)?.data).toBe(address)
      for (const kind of ['discreet', 'open'] as const)
        expect(textOf(`${language}/berichten.txt`)).toContain(
          content.languages[language].share.messages[kind][site].replace('{address}', address),
        )
      expect(textOf(`${language}/pers.txt`)).toContain(address)
    }
  })

  it('has the lines for a page of somebody else', () => {
    expect(textOf('nl/venster.txt')).toContain(
      '<button type="button" data-venster>Even iets vragen?</button>\n<script src="https://www.jouwja.example/venster.js" defer></script>\n',
    )
    expect(textOf('tr/venster.txt')).toContain('data-venster="tr"')
  })

  it('has pictures that need no font', () => {
    for (const language of LANGUAGES) expect(textOf(`${language}/banner-site.svg`)).not.toContain('<text')
  })

  it('is the same for the same content, whenever it is made', async () => {
    expect(Buffer.from(await toolkitArchive(content)).equals(Buffer.from(archive))).toBe(true)
  }, 120_000)
})
