import type { Accessibility } from '#server/content/read.ts'
import { formatDay, localeOf } from './format.ts'
import type { Translator } from './translator.ts'

/** What the tests looked at and found right, with the programs and the day, and no more than that; plainly that nothing was recorded while nothing is. */
export function AccessibilityTests({
  t,
  language,
  tests,
}: {
  t: Translator
  language: string
  tests: Accessibility | undefined
}) {
  if (!tests) return <p>{t('accessibility.none')}</p>
  const { recorded, browser, axe, widths, pages } = tests
  const listed = new Intl.ListFormat(localeOf(language), { type: 'unit' }).format(widths.map(String))
  const looks = [
    [t('accessibility.rules', { version: axe.version, rules: axe.rules }), pages.rules],
    [t('accessibility.layout', { widths: listed }), pages.layout],
    [t('accessibility.contrast'), pages.contrast],
    [t('accessibility.exit'), pages.exit],
    [t('accessibility.keyboard'), pages.keyboard],
    [t('accessibility.ownColours'), pages.ownColours],
    [t('accessibility.textOnly'), pages.textOnly],
  ] as const
  return (
    <section className="rounded-2xl border-2 border-line bg-sheet p-5">
      <h3 className="!mt-0 text-[1.25rem]">{t('accessibility.title')}</h3>
      <p className="mt-1 text-[0.9375rem] text-soft">
        {t('accessibility.recorded', {
          date: formatDay(recorded, language),
          browser: browser.name,
          version: browser.version,
        })}
      </p>
      <dl className="mt-2">
        {looks.map(([look, count]) => (
          <div key={look} className="mt-3">
            <dt className="font-bold">{look}</dt>
            <dd>{t('accessibility.pages', { count })}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3">{t('accessibility.notEverything')}</p>
    </section>
  )
}
