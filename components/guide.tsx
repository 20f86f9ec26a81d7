import type { Guide as GuideContent } from '#server/content/read.ts'
import { HelplineCard, type HelplineView } from './helpline.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly language: string
  readonly guide: GuideContent
  readonly pageOf: (id: string) => { readonly href: string; readonly title: string }
  readonly viewsOf: (ids: readonly string[]) => readonly HelplineView[]
  readonly allNumbers: string
}

/**
 * "Wat past bij jou?": every question and result stands on the one page, and an answer is a link to its place on it. So
 * it works without a script, and no answer is ever sent or stored.
 */
export function Guide({ t, language, guide, pageOf, viewsOf, allNumbers }: Props) {
  const start = guide.steps.find(({ id }) => id === guide.start)
  const steps = start ? [start, ...guide.steps.filter((step) => step !== start)] : guide.steps
  const previous = (id: string) => guide.steps.find((step) => step.answers.some(({ to }) => to === id))?.id
  return (
    <div className="guide rounded-3xl bg-tint p-5 sm:p-8">
      {steps.map((step) => (
        <section key={step.id} id={step.id} className="step" tabIndex={-1} aria-labelledby={`${step.id}-title`}>
          <h2 id={`${step.id}-title`} className="!mt-0">
            {step.question}
          </h2>
          {step.hint && <p className="mt-2 text-soft">{step.hint}</p>}
          <div className="mt-5 grid gap-3">
            {step.answers.map((answer) => (
              <a
                key={answer.text}
                href={`#${answer.to}`}
                className="flex min-h-14 items-center rounded-xl border-2 border-line bg-sheet px-5 py-3 !font-bold !text-ink !no-underline"
              >
                {answer.text}
              </a>
            ))}
          </div>
          <Back t={t} previous={previous(step.id)} start={guide.start} />
        </section>
      ))}
      {guide.results.map((result) => {
        const page = pageOf(result.page)
        return (
          <section key={result.id} id={result.id} className="step" tabIndex={-1} aria-labelledby={`${result.id}-title`}>
            <p className="font-bold text-soft">{t('guide.result')}</p>
            <h2 id={`${result.id}-title`} className="!mt-1">
              {result.title}
            </h2>
            <p className="mt-3">{result.text}</p>
            <div className="mt-5 grid gap-4">
              {viewsOf(result.helplines).map((view) => (
                <HelplineCard key={view.helpline.id} view={view} language={language} t={t} detail="short" />
              ))}
            </div>
            <p className="mt-5">
              <a href={page.href} className="inline-flex min-h-12 items-center">
                {t('guide.read', { title: page.title })}
              </a>
            </p>
            <p>
              <a href={allNumbers} className="inline-flex min-h-12 items-center">
                {t('guide.all')}
              </a>
            </p>
            <Back t={t} previous={previous(result.id)} start={guide.start} />
          </section>
        )
      })}
    </div>
  )
}

function Back({ t, previous, start }: { t: Translator; previous: string | undefined; start: string }) {
  if (!previous) return null
  return (
    <p className="mt-4 flex flex-wrap gap-x-6">
      <a href={`#${previous}`} className="inline-flex min-h-12 items-center">
        {t('guide.back')}
      </a>
      {previous !== start && (
        <a href={`#${start}`} className="inline-flex min-h-12 items-center">
          {t('guide.again')}
        </a>
      )}
    </p>
  )
}
