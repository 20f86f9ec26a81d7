import type { ReactNode } from 'react'
import type { Page } from '#server/content/read.ts'
import { formatDay, formatSourceDate, hostOf } from './format.ts'
import type { FrameLink } from './frame.tsx'
import { HelplineCard, type HelplineView } from './helpline.tsx'
import { LinkCard } from './link-card.tsx'
import { Picture } from './picture.tsx'
import { Prose, type ProseSurroundings } from './prose.tsx'
import { ShareLink } from './share-link.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly language: string
  readonly page: Page
  readonly picture: string | undefined
  readonly helplines: readonly HelplineView[]
  readonly next: readonly (FrameLink & { readonly lead: string })[]
  /** Absent for a page that is not shared from here. */
  readonly share: FrameLink | undefined
  readonly surroundings: ProseSurroundings
}

/** A help page: heading, text, the helplines that fit, where to go on, and what the text leans on. */
export function HelpPage({ t, language, page, picture, helplines, next, share, surroundings }: Props) {
  return (
    <article>
      <PageHead title={page.title} lead={page.lead} picture={picture} />
      <div className="mt-6 gap-10 lg:grid lg:grid-cols-[minmax(0,42rem)_22rem] lg:justify-between">
        <Prose body={page.body} surroundings={surroundings} />
        {helplines.length > 0 && (
          <section className="mt-12 lg:mt-4">
            <h2 className="text-[1.5rem]">{t('page.numbers')}</h2>
            <div className="mt-4 grid gap-4">
              {helplines.map((view) => (
                <HelplineCard key={view.helpline.id} view={view} language={language} t={t} detail="short" />
              ))}
            </div>
          </section>
        )}
      </div>
      {next.length > 0 && (
        <nav className="no-print mt-12" aria-labelledby="next">
          <h2 id="next" className="text-[1.5rem]">
            {t('page.next')}
          </h2>
          <ul className="mt-4 grid gap-3 sm:grid-cols-3">
            {next.map(({ href, title, lead, lang }) => (
              <li key={href}>
                <LinkCard href={href} title={title} text={lead} lang={lang} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Facts t={t} language={language} page={page} />
      <ShareLink share={share} />
    </article>
  )
}

/** The head of a page: a large heading with its lead, beside a drawing. */
export function PageHead({
  title,
  lead,
  picture,
  children,
}: {
  title: ReactNode
  lead: string
  picture: string | undefined
  children?: ReactNode
}) {
  return (
    <div className="items-center gap-10 lg:grid lg:grid-cols-[1fr_22rem]">
      <div className="max-w-[42rem]">
        <h1 className="text-[2.25rem] sm:text-[3rem]">{title}</h1>
        <p className="mt-4 text-[1.25rem] leading-[1.45] text-soft">{lead}</p>
        {children}
      </div>
      {picture && <Picture svg={picture} className="wash mt-4 max-w-[12rem] sm:max-w-[20rem] lg:mt-0 lg:max-w-none" />}
    </div>
  )
}

function Facts({ t, language, page }: Pick<Props, 't' | 'language' | 'page'>) {
  const shown = page.references.facts
    .map((id) => page.facts.find((fact) => fact.id === id))
    .filter((fact) => fact !== undefined)
  if (shown.length === 0) return null
  return (
    <details className="mt-12 max-w-[42rem] rounded-2xl border border-line bg-sheet px-5 py-2">
      <summary className="min-h-12 cursor-pointer py-2 font-bold">{t('page.facts')}</summary>
      <p className="text-[0.9375rem]">{t('page.factsNote')}</p>
      <ol className="my-3 grid list-decimal gap-2 ps-6 text-[0.9375rem]">
        {shown.map((fact) => (
          <li key={fact.id}>
            {t('page.fact', {
              says: fact.says,
              source: `${hostOf(fact.source)}, ${formatSourceDate(fact.sourceDate, language, t('helpline.sourceUndated'))}`,
              checked: formatDay(fact.checked, language),
            })}
          </li>
        ))}
      </ol>
    </details>
  )
}
