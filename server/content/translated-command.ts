import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, parseDocument } from 'yaml'
import { dayOf } from '#campaign/day.ts'
import { now } from '../clock.ts'
import { content, contentFolder } from './content.ts'
import { MAIN_LANGUAGE, TRANSLATIONS } from './read.ts'
import { translationStates, wordVersions } from './translations.ts'

// `npm run content:translated`: writes down for every new translation what it was made from. With a language and files,
// `npm run content:translated -- tr pages/travel.md`, it says that these agree with the Dutch text of today. Whoever reads
// a translation as a native speaker fills in the day at `read` by hand.
const [chosen, ...files] = process.argv.slice(2)
const languages = TRANSLATIONS.filter((language) => chosen === undefined || language === chosen)
const versions = wordVersions(content().languages[MAIN_LANGUAGE])
const unknown = files.filter((file) => !(file in versions))
if (languages.length === 0 || unknown.length > 0) {
  console.error(
    languages.length === 0
      ? `"${chosen}" is no translation; choose one of: ${TRANSLATIONS.join(', ')}`
      : `There is no translated file ${unknown.join(', ')}. Write it as in: pages/travel.md`,
  )
  process.exit(1)
}

for (const language of languages) {
  const path = join(contentFolder(), language, 'translations.yaml')
  const document = parseDocument(readFileSync(path, 'utf8'))
  // A file without notes is written {}, and each note has a line of its own.
  if (isMap(document.contents)) document.contents.flow = false
  const changed = translationStates(content()).filter(
    ({ language: of, file, state }) =>
      of === language && state !== 'missing' && (files.length > 0 ? files.includes(file) : state === 'unknown'),
  )
  for (const { file } of changed) {
    const note = document.createNode({ source: versions[file], translated: dayOf(now()), read: null }, { flow: true })
    document.set(file, note)
  }
  writeFileSync(path, document.toString({ lineWidth: 0 }))
  console.log(`${language}: ${changed.length} ${changed.length === 1 ? 'file' : 'files'} written down`)
}
