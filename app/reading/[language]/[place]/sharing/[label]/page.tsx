import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { SharePage, type ShareWay } from '#components/share-page.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { FRONT, labelOfEntry, pathOfEntry, pathOfShared, pathOfSharing, shareTargets } from '#server/route.ts'
import { addressInProduction } from '#server/sitemap.ts'
import { addressInApp, messageWith, SHARE_APPS } from '#sharing/app-links.ts'
import type { ShareKind } from '#sharing/share-link.ts'
import { pageMetadata } from '../../../page-metadata.ts'
import { ReadingPage, readingOf, type Reading } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: SiteId; label: string }>
}

const PLACES = ['help', 'diary'] as const

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) =>
    PLACES.flatMap((place) => shareTargets(content(), place).map(({ label }) => ({ language, place, label }))),
  )
}

/** Search engines list the page that lists them all, and none of these. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, place } = await params
  return {
    ...pageMetadata({ language, place, word: readingOf(language, place).page('share').tabTitle }),
    robots: { index: false },
  }
}

/** The page on which a page is shared. It is never counted: who shares what is nobody's business. */
export default async function SharingPage({ params }: Props) {
  const { language, place, label } = await params
  const target = { site: place, label }
  const reading = readingOf(language, place)
  const way = (kind: ShareKind): ShareWay => {
    const { share } = content().languages[language]
    const address = addressInProduction(content(), place, found(pathOfShared(content(), kind, target, language), label))
    const message = messageWith(share.messages[kind][place], address)
    // A mail stands in a list under its subject, so that is the neutral one for both.
    const apps = SHARE_APPS.map((app) => ({ app, href: addressInApp(app, message, share.cards.discreet[place].title) }))
    return { kind, card: share.cards[kind][place], host: new URL(address).host, message, apps }
  }
  return (
    <ReadingPage reading={reading} pathIn={(of) => found(pathOfSharing(content(), target, of), label)}>
      <SharePage
        t={reading.t}
        shared={sharedPage(reading, place, label)}
        discreet={way('discreet')}
        open={way('open')}
        all={reading.link('share').href}
      />
    </ReadingPage>
  )
}

/** What is shared, as a link to it. Of an entry only its day: during a run its title may be still to come. */
function sharedPage({ language, t, front, link }: Reading, site: SiteId, label: string) {
  const { entries, fronts, siteNames } = content().languages[language]
  if (label === FRONT) return { href: front, title: siteNames[site].name, lead: fronts.quiet[site].text }
  const entry = entries.find(({ day }) => labelOfEntry(day) === label)
  if (entry)
    return {
      href: pathOfEntry(entry.day, 'diary', language),
      title: t('diary.day', { day: entry.day }),
      lead: undefined,
    }
  return link(label)
}

function found<Value>(value: Value | undefined, label: string): Value {
  if (value === undefined) throw new Error(`"${label}" cannot be shared.`)
  return value
}
