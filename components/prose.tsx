import type { Root } from 'hast'
import { toJsxRuntime, type Components } from 'hast-util-to-jsx-runtime'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import type { Translator } from './translator.ts'

/** What a text can ask the page for: the address of a page or entry, a telephone number, and the named places. */
export interface ProseSurroundings {
  readonly t: Translator
  readonly hrefOfPage: (id: string) => string
  readonly hrefOfEntry: (day: number) => string
  readonly telephone: (id: string) => ReactNode
  /** Where links to other sites open; absent: in place of this page, as links do. */
  readonly target?: '_blank' | undefined
  /** How visitors are counted (VISITOR_COUNTS): of the texts about it, the one that is true is shown. */
  readonly counts: string
  /** What stands at `::name{ids}`, for each name a text may use. */
  readonly places: Readonly<Record<string, (ids: readonly string[]) => ReactNode>>
}

/** A Markdown text as HTML, with links and places filled in. */
export function Prose({
  body,
  surroundings,
  className = 'prose',
}: {
  body: Root
  surroundings: ProseSurroundings
  className?: string
}) {
  const { t, hrefOfPage, hrefOfEntry, telephone, target, counts, places } = surroundings
  const components = {
    a: ({ href = '', children }: { href?: string; children?: ReactNode }) => {
      const [scheme, to = ''] = href.split(':', 2)
      if (scheme === 'page') return <a href={hrefOfPage(to)}>{children}</a>
      if (scheme === 'entry') return <a href={hrefOfEntry(Number(to))}>{children}</a>
      return (
        <a href={href} rel="noreferrer" target={scheme === 'https' ? target : undefined}>
          {children}
        </a>
      )
    },
    div: ({ className: box = '', children }: { className?: string; children?: ReactNode }) => (
      <div className={box}>
        {(box === 'do' || box === 'dont' || box === 'warning') && <strong>{t(`page.${box}`)}</strong>}
        {children}
      </div>
    ),
    'site-me': () => <strong>{t('diary.me')}</strong>,
    'site-counts': ({ by, children }: { by: string; children?: ReactNode }) => (by === counts ? children : null),
    'site-tel': ({ of }: { of: string }) => telephone(of),
    'site-checked': ({ number }: { number: number }) => (
      <sup>
        <span className="sr-only">{t('page.sourceNumber', { number })}</span>
        <span aria-hidden="true">{number}</span>
      </sup>
    ),
    ...Object.fromEntries(
      Object.entries(places).map(([name, place]) => [
        `site-${name}`,
        ({ ids = '' }: { ids?: string }) => place(ids.split(' ').filter(Boolean)),
      ]),
    ),
  } as unknown as Components
  return <div className={className}>{toJsxRuntime(body, { Fragment, jsx, jsxs, components })}</div>
}
