import type { ReactNode } from 'react'
import { Curtain } from './curtain.tsx'
import { ExitStatus } from './exit-status.tsx'
import { InLanguage } from './in-language.tsx'
import { Picture } from './picture.tsx'
import type { Translator } from './translator.ts'

export interface FrameLink {
  readonly href: string
  readonly title: string
  /** The language of the title, where it is not that of the page. */
  readonly lang?: string | undefined
}

interface Props {
  readonly t: Translator
  /** The name and mark at the top; in the window on another site a plain name without a mark. */
  readonly home: {
    readonly href: string
    readonly name: string
    readonly mark: string | undefined
    readonly serif: boolean
  }
  /** Where this page is in each language; the languages by the names that their readers know. */
  readonly menu: readonly {
    readonly language: string
    readonly name: string
    readonly href: string
    readonly current: boolean
  }[]
  readonly exit: FrameLink
  /** The three numbers that are always in sight, in this order: danger, abroad, in the Netherlands. */
  readonly numbers: readonly {
    readonly key: 'now' | 'abroad' | 'netherlands'
    readonly display: string
    readonly tel: string
  }[]
  readonly pages: readonly FrameLink[]
  readonly otherSite: FrameLink | undefined
  /** Where this page is as text only. Absent where it has no such form. */
  readonly textOnly: string | undefined
  /** Whether no native speaker has read this translation yet. */
  readonly unread: boolean
  /** What a count of visits outside this site may be told of the page: its kind. Absent: nothing is told. */
  readonly visits: string | undefined
  readonly children: ReactNode
}

/**
 * What stands around every reading page, in the same place and order (WCAG 3.2.3 and 3.2.6): the exit at the top, the
 * three numbers at the bottom, every page in the footer. Nothing in it needs a script.
 */
export function Frame({ t, home, menu, exit, numbers, pages, otherSite, textOnly, unread, visits, children }: Props) {
  return (
    <>
      <a href="#main" className="skip">
        {t('skip.text')}
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-paper">
        <a href={exit.href} rel="nofollow noreferrer" data-exit="" className="skip">
          {t('skip.exit')}
        </a>
        <div className="mx-auto flex min-h-16 max-w-[68rem] items-center justify-between gap-2 px-4">
          <a
            href={home.href}
            className="flex min-h-12 shrink-0 items-center gap-2 leading-[1.1] font-extrabold tracking-[-0.02em] text-ink"
          >
            <Picture svg={home.mark} className="w-8 shrink-0 sm:w-10" />
            <span
              className={
                home.serif
                  ? 'max-w-[6.5rem] font-serif text-[0.9375rem] sm:max-w-none sm:text-[1.25rem]'
                  : 'text-[1.375rem] whitespace-nowrap sm:text-[1.5rem]'
              }
            >
              {home.name}
            </span>
          </a>
          <a
            href={exit.href}
            rel="nofollow noreferrer"
            data-exit=""
            className="flex min-h-12 items-center gap-1.5 rounded-full bg-ink px-3.5 text-center text-[0.875rem] leading-[1.15] font-bold text-paper sm:px-5 sm:text-[1rem]"
          >
            <svg aria-hidden="true" viewBox="0 0 20 20" className="size-3.5 shrink-0">
              <path d="M4 4l12 12M16 4 4 16" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
            </svg>
            {exit.title}
          </a>
        </div>
      </header>
      <nav aria-label={t('languages.label')} className="no-print mx-auto max-w-[68rem] px-2">
        <ul className="flex flex-wrap justify-end">
          {menu.map(({ language, name, href, current }) => (
            <li key={language}>
              <a href={href} lang={language} hrefLang={language} aria-current={current || undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ExitStatus t={t} />
      <main
        id="main"
        data-visits={visits}
        tabIndex={-1}
        className="mx-auto w-full max-w-[68rem] px-4 pt-2 pb-16 outline-none sm:pt-6"
      >
        {children}
      </main>
      <footer className="border-t border-line bg-sheet">
        <div className="mx-auto max-w-[68rem] px-4 pt-10 pb-12">
          <nav aria-label={t('footer.all')}>
            <ul className="grid gap-x-8 sm:grid-cols-3">
              {[{ href: home.href, title: t('footer.home') }, ...pages].map(({ href, title, lang }: FrameLink) => (
                <li key={href}>
                  <a
                    href={href}
                    className="flex min-h-12 items-center border-b border-line py-2 font-semibold text-ink"
                  >
                    <InLanguage lang={lang}>{title}</InLanguage>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {otherSite && (
            <p className="mt-8">
              <a
                href={otherSite.href}
                className="inline-flex min-h-12 items-center font-bold text-accent underline underline-offset-4"
              >
                {otherSite.title}
              </a>
            </p>
          )}
          {textOnly && (
            <p className="mt-2 text-[0.9375rem] text-soft">
              <a href={textOnly} className="inline-flex min-h-12 items-center underline underline-offset-4">
                {t('footer.textOnly')}
              </a>
            </p>
          )}
          <p className="mt-2 text-[0.9375rem] text-soft">{t('footer.notState')}</p>
          {unread && <p className="mt-2 text-[0.9375rem] text-soft">{t('languages.unread')}</p>}
        </div>
      </footer>
      <nav
        aria-label={t('helpBar.label')}
        className="help-bar fixed inset-x-0 bottom-0 z-10 border-t border-line bg-paper"
      >
        <ul className="mx-auto flex max-w-[68rem] justify-between px-2 py-1 sm:px-4">
          {numbers.map(({ key, display, tel }) => (
            <li key={key}>
              <a
                href={`tel:${tel}`}
                className="flex min-h-14 min-w-16 flex-col items-center justify-center rounded-xl px-2 py-1 text-center leading-[1.2] text-accent"
              >
                <span className="text-[0.8125rem] text-soft">{t(`helpBar.${key}`)}</span>
                <bdi
                  dir="ltr"
                  className="text-[0.875rem] font-extrabold tracking-[-0.01em] whitespace-nowrap sm:text-[1.0625rem]"
                >
                  {display}
                </bdi>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Curtain t={t} />
    </>
  )
}
