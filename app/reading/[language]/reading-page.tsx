import type { ReactNode } from 'react'
import { AccessibilityTests } from '#components/accessibility-tests.tsx'
import { Estimates } from '#components/estimates.tsx'
import { ExitButton } from '#components/exit-button.tsx'
import { Frame, type FrameLink } from '#components/frame.tsx'
import { Guide } from '#components/guide.tsx'
import { HelplineCard, hrefOfHelpline, type HelplineView } from '#components/helpline.tsx'
import { OwnerCard } from '#components/owner-card.tsx'
import type { ProseSurroundings } from '#components/prose.tsx'
import { ShareList } from '#components/share-list.tsx'
import { ContactFiles, ToolkitFile, WalletCard } from '#components/take-away.tsx'
import { TracesTable } from '#components/traces-table.tsx'
import { translatorFor, type Translator } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, MAIN_LANGUAGE, type Helpline, type Language, type Page } from '#server/content/read.ts'
import { readEnvironment } from '#server/environment.ts'
import {
  FRONT,
  isShownIn,
  labelOfEntry,
  pathOfClosedWindow,
  pathOfContactFile,
  pathOfEntry,
  pathOfFront,
  pathOfPage,
  pathOfSharing,
  pathOfTextOnly,
  pathToOtherSite,
  shareTargets,
  siteOfPlace,
  TOOLKIT,
  type Place,
} from '#server/route.ts'

const GROUPS = ['now', 'abroad', 'netherlands', 'young', 'more'] as const

/** The helplines of the bar at the bottom of every page. A reader abroad meets the +31 number before the 0800 number. */
const BAR = { now: 'emergency', abroad: 'bz-phone', netherlands: 'veilig-thuis' } as const

/** Everything that a reading page of a site needs: its words, its helplines and the addresses of other pages. */
export interface Reading {
  readonly language: Language
  readonly place: Place
  /** The path of the front of this place. */
  readonly front: string
  /** The way out of this place. */
  readonly exit: FrameLink
  readonly t: Translator
  readonly picture: (name: string | undefined) => string | undefined
  readonly page: (id: string) => Page
  readonly link: (id: string) => PageLink
  readonly views: (ids: readonly string[]) => HelplineView[]
  /** The way to the page that shares a page or entry; none for what is not shared from this place. */
  readonly share: (label: string) => FrameLink | undefined
  readonly surroundings: ProseSurroundings
}

/** A link to a page, with the language of its words where that is not the language of the reader. */
interface PageLink extends FrameLink {
  readonly lead: string
}

/**
 * Collects what the pages of a place in a language have in common.
 * @param addresses the language that links lead to; another one than that of the words for a text that is not translated
 */
export function readingOf(language: Language, place: Place, addresses: Language = language): Reading {
  const { helplines, pictures, estimates, owner, traces, accessibility, languages } = content()
  const texts = languages[language]
  const t = translatorFor(language, texts.texts)
  const page = (id: string) =>
    found(
      texts.pages.find((candidate) => candidate.id === id),
      `page "${id}"`,
    )
  const helpline = (id: string) =>
    found(
      helplines.find((candidate) => candidate.id === id),
      `helpline "${id}"`,
    )
  // Most sites refuse to be shown in a frame, and what is read there is none of the business of the site around it.
  const target = place === 'entrance' ? '_blank' : undefined
  const view = (line: Helpline): HelplineView => ({
    helpline: line,
    words: found(texts.helplineTexts[line.id], `words of "${line.id}"`),
    target,
  })
  const views = (ids: readonly string[]) => ids.map((id) => view(helpline(id)))
  const link = (id: string) => linkTo(page(id), place, language, addresses)

  const site = siteOfPlace(place)
  const targets = place === 'entrance' ? [] : shareTargets(content(), site)
  const share = (label: string) => {
    const target = targets.find((candidate) => candidate.label === label)
    return (
      target && {
        href: found(pathOfSharing(content(), target, addresses), `page that shares "${label}"`),
        title: t('share.page'),
      }
    )
  }

  const exit =
    place === 'entrance'
      ? { href: pathOfClosedWindow(addresses), title: t('exit.close') }
      : { href: content().exit, title: t('exit.label') }

  const cards = (lines: readonly HelplineView[], detail: 'short' | 'full', heading: 'h2' | 'h3') => (
    <div className="grid gap-4">
      {lines.map((line) => (
        <HelplineCard key={line.helpline.id} view={line} language={language} t={t} detail={detail} heading={heading} />
      ))}
    </div>
  )
  const surroundings: ProseSurroundings = {
    t,
    hrefOfPage: (id) => link(id).href,
    hrefOfEntry: (day) => pathOfEntry(day, place, addresses),
    telephone: (id) => (
      <a href={hrefOfHelpline(helpline(id))} rel="noreferrer">
        <bdi dir="ltr" className="whitespace-nowrap">
          {helpline(id).display}
        </bdi>
      </a>
    ),
    target,
    counts: readEnvironment().VISITOR_COUNTS,
    places: {
      numbers: (ids) => cards(views(ids), 'short', 'h2'),
      'all-helplines': () =>
        GROUPS.map((group) => (
          <section key={group} className="mt-10">
            <h2>{t(`helpline.group.${group}`)}</h2>
            <div className="mt-4">
              {cards(
                helplines.map(view).filter(({ words }) => words.group === group),
                'full',
                'h3',
              )}
            </div>
          </section>
        )),
      estimates: () => <Estimates t={t} language={language} estimates={estimates} texts={texts.estimateTexts} />,
      guide: () => (
        <Guide
          t={t}
          language={language}
          guide={texts.guide}
          pageOf={link}
          viewsOf={views}
          allNumbers={link('helplines').href}
        />
      ),
      'wallet-card': () => <WalletCard t={t} abroad={helpline(BAR.abroad)} netherlands={helpline(BAR.netherlands)} />,
      'contact-files': () => (
        <ContactFiles
          t={t}
          contactNames={texts.contactNames}
          hrefOf={(file) => pathOfContactFile(page('wallet-card'), file, language)}
        />
      ),
      toolkit: () => <ToolkitFile words={texts.toolkit.download} href={TOOLKIT} />,
      owner: () => <OwnerCard t={t} owner={owner} />,
      traces: () => <TracesTable t={t} language={language} traces={traces} />,
      accessibility: () => <AccessibilityTests t={t} language={language} tests={accessibility} />,
      exit: () => <ExitButton t={t} exit={exit} />,
      'share-list': () => {
        const other = site === 'help' ? 'diary' : 'help'
        const hrefOf = (label: string) => found(share(label), `page that shares "${label}"`).href
        const isShared = (label: string) => targets.some((target) => target.label === label)
        return (
          <ShareList
            t={t}
            front={{ href: hrefOf(FRONT), title: texts.siteNames[site].name }}
            pages={texts.pages
              .filter(({ id }) => isShared(id))
              .toSorted((a, b) => a.order - b.order)
              .map(({ id }) => ({ ...link(id), href: hrefOf(id) }))}
            days={texts.entries
              .filter(({ day }) => isShared(labelOfEntry(day)))
              .map(({ day }) => ({ day, href: hrefOf(labelOfEntry(day)) }))}
            otherSite={{
              href: pathOfPage({ ...page('share'), sites: [other] }, place, addresses),
              title: t(`share.otherSite.${other}`),
            }}
          />
        )
      },
    },
  }
  return {
    language,
    place,
    front: pathOfFront(place, addresses),
    exit,
    t,
    page,
    link,
    views,
    share,
    surroundings,
    picture: (name) => (name === undefined ? undefined : pictures[name]),
  }
}

/** The kinds of page that @vercel/analytics counts, and all that it learns of an address (docs/privacy.md). */
type CountedKind = 'front' | 'page' | 'entry'

interface ReadingPageProps {
  readonly reading: Reading
  /** The path of the same page in each language. Absent for a page that stands for one that is not there. */
  readonly pathIn?: ((language: Language) => string) | undefined
  /** The file with the words of the page, in the folder of its language. */
  readonly file?: string
  /** Absent for a page whose opens are never counted. */
  readonly counted?: CountedKind | undefined
  readonly children: ReactNode
}

/** The frame of a place around a page. */
export function ReadingPage({ reading, pathIn, file = 'texts.json', counted, children }: ReadingPageProps) {
  const { language, place, front, exit, t, picture } = reading
  const site = siteOfPlace(place)
  const { sites, helplines, languages } = content()
  const here = found(
    sites.find(({ id }) => id === site),
    `site "${site}"`,
  )
  const other = site === 'help' ? 'diary' : 'help'
  const numbers = (['now', 'abroad', 'netherlands'] as const).map((key) => {
    const helpline = found(
      helplines.find(({ id }) => id === BAR[key]),
      `helpline "${BAR[key]}"`,
    )
    return { key, display: helpline.display, tel: found(helpline.tel, `number of "${helpline.id}"`) }
  })
  const { siteNames, translations } = languages[language]
  const pages = languages[language].pages
    .filter((page) => page.footer && isShownIn(page, place))
    .toSorted((a, b) => a.order - b.order)
    .map((page) => linkTo(page, place, language))
  const menu = LANGUAGES.map((other) => ({
    language: other,
    name: LANGUAGE_NAMES[other].name,
    href: pathIn?.(other) ?? pathOfFront(place, other),
    current: other === language,
  }))
  // In the window on another site nothing tells whose site it is: a plain name, no mark, and the exit closes the window.
  const surroundings =
    place === 'entrance'
      ? {
          home: { href: front, name: siteNames[site].tabName, mark: undefined, serif: false },
          otherSite: undefined,
          textOnly: undefined,
        }
      : {
          home: { href: front, name: siteNames[site].name, mark: picture(here.mark), serif: site === 'diary' },
          otherSite: { href: pathToOtherSite(other, language), title: t(`footer.other.${other}`) },
          textOnly: pathIn && pathOfTextOnly(pathIn(language)),
        }
  // Whoever opens the window on another site did not come to this one.
  const visits = readEnvironment().VISITOR_COUNTS === 'vercel' && place !== 'entrance' ? counted : undefined
  return (
    <Frame
      t={t}
      {...surroundings}
      menu={menu}
      exit={exit}
      numbers={numbers}
      pages={pages}
      unread={language !== MAIN_LANGUAGE && !translations[file]?.read}
      visits={visits}
    >
      {children}
    </Frame>
  )
}

/** The doors of the help site: one for each situation that a reader can be in. */
export function doorsOf(language: Language, place: Place): FrameLink[] {
  return content()
    .languages[language].pages.filter((page) => page.door !== undefined)
    .toSorted((a, b) => a.order - b.order)
    .map((page) => ({ ...linkTo(page, place, language), title: page.door ?? page.title }))
}

function linkTo(page: Page, place: Place, language: Language, addresses: Language = language): PageLink {
  return {
    href: pathOfPage(page, place, addresses),
    title: page.title,
    lead: page.lead,
    lang: page.language === language ? undefined : page.language,
  }
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The content has no ${what}.`)
  return value
}
