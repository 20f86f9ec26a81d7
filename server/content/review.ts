import { needsCheckDate } from './check.ts'
import { completenessTable } from './completeness.ts'
import { WANTED_LANGUAGES } from './language.ts'
import { TRANSLATIONS, type Content, type LanguageContent, type Page } from './read.ts'
import { translationStates, type TranslationState } from './translations.ts'

/**
 * docs/content-review.md: everything in the content that a person must check before it can be relied on. Made from the
 * content alone, so that the same content always gives the same page.
 */
export function contentReview(content: Content): string {
  const texts = content.languages.nl
  return `${[
    '# What a person must still check',
    'Written by `npm run content:review` from `content/`. Do not edit it: correct the content and run the command again.',
    'The day under "checked" is the day the text was compared with its source as it was stored. Nobody has called a number or opened a live page yet.',
    '## Before the site goes on line',
    bullets([
      content.owner.filled ? undefined : '`content/owner.yaml`: nobody is named as the owner.',
      'Have a lawyer read "Je rechten", "Vast in een huwelijk" and every sentence about the law.',
      'Have Veilig Thuis or the LKHA read the help pages and the diary days 24, 28, 30 and 31.',
      'Call or open every helpline below, from the Netherlands and from abroad where it says so.',
      'Have somebody who grew up with it read each translation, the safety page, the rights and the helplines first, and write the day down in `translations.yaml`.',
      'Let readers of the age of the audience read five pages and three diary days aloud.',
      `Have a person open ${content.exit}, where the exit leads, in every country where readers are: it must be there, quick, and the same for everybody.`,
      'Before `HIDE_VISITS=chromium`: accept its cost in `content/owner.yaml`, and see that the "live URL test" of Google gets 200 (docs/operate.md).',
      'Check who holds the domain names of earlier campaigns before ever linking to one. This site links to none.',
    ]),
    '## Helplines',
    table(
      ['helpline', 'number or address', 'confidence', 'source', 'source date', 'checked', 'check again by'],
      content.helplines.map((line) => [
        texts.helplineTexts[line.id]?.name ?? line.id,
        line.display,
        line.confidence,
        line.source,
        line.sourceDate,
        line.checked,
        line.reviewBy,
      ]),
    ),
    '## Facts shown with their check date',
    'Not marked as certain, or from a source without a date or older than 2024.',
    ...factTables(texts),
    '## Translations',
    'Made from the Dutch texts and not from each other. Nobody is counted as a native reader until the day is filled in at `read` in `content/<language>/translations.yaml`; until then the foot of the page tells readers so.',
    completenessTable(content),
    translationTable(content),
    `Asked for and not begun: ${WANTED_LANGUAGES.join(', ')}. How to add a language: docs/content.md.`,
    '## Sources used by the site itself',
    table(
      ['what', 'source', 'source date'],
      [['the estimates of 2011–2012', content.estimates.source, content.estimates.sourceDate]],
    ),
  ].join('\n\n')}\n`
}

function translationTable(content: Content): string {
  const states = translationStates(content)
  const told = ({ state, translated, read }: TranslationState) =>
    state === 'current' ? `${translated}, ${read ? `read ${read}` : 'not read'}` : state
  const files = [...new Set(states.map(({ file }) => file))]
  const cell = (file: string, language: string) =>
    states
      .filter((state) => state.file === file && state.language === language)
      .map(told)
      .join()
  return table(
    ['file', ...TRANSLATIONS],
    files.map((file) => [file, ...TRANSLATIONS.map((language) => cell(file, language))]),
  )
}

function factTables(texts: LanguageContent): string[] {
  return texts.pages.flatMap((page) => {
    const facts = page.facts.filter(needsCheckDate)
    return facts.length === 0
      ? []
      : [`### ${page.title}`, table(['fact', 'confidence', 'source', 'source date', 'checked'], facts.map(factRow))]
  })
}

function factRow(fact: Page['facts'][number]): string[] {
  return [fact.says, fact.confidence, fact.source, fact.sourceDate, fact.checked]
}

function bullets(lines: readonly (string | undefined)[]): string {
  return lines
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}
