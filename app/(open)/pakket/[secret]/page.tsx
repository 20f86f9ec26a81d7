import { notFound } from 'next/navigation'
import { CopyText } from '#components/manage/copy-text.tsx'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { KIT_FORMATS, linkOfKit, messageOfLink, paperFormat } from '#server/management/kit.ts'
import { management } from '#server/management/management.ts'
import { addressOfLink } from '#server/sharing/site-sheet.ts'
import { addressInApp, SHARE_APPS, textOfMessage } from '#sharing/app-links.ts'
import { hasOwnCount, isActive } from '#sharing/share-link.ts'
import { languageNow, today } from '#app/beheer/guard.ts'
import { linksTexts, type LinksTexts } from '#app/beheer/links-texts.ts'
import { countsOfLinks } from '#app/beheer/links-words.ts'
import { OutsideFrame } from '#app/beheer/outside-frame.tsx'
import { dayInWords } from '#app/beheer/totals-words.ts'

/** Everything that somebody needs who shares a link: for who has the secret address, without an account. */
export default async function KitPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const language = await languageNow()
  const t = linksTexts(language)
  const link = await linkOfKit(await management(), secret)
  if (!link) notFound()
  const { address } = addressOfLink(content(), link)
  const own = link.language as Language
  const languages = [own, ...LANGUAGES.filter((other) => other !== own)]
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const lastDay = dayInWords(link.lastDay, language)
  const file = (name: string) => `/pakket/${secret}/bestand/${name}`
  const words = { copy: t('made.copy'), copied: t('made.copied') }
  const counts = (await countsOfLinks(t, language, await today()))(link)
  return (
    <OutsideFrame title={t('kit.title')}>
      <p className="text-xl">{t('kit.lead')}</p>
      <div className="note my-6">
        <p className="font-bold">{t('kit.ask')}</p>
        <p>{t('kit.secret')}</p>
      </div>

      <h2>{t('kit.link')}</h2>
      <p>{isActive(link, await today()) ? t('kit.until', { day: lastDay }) : t('kit.ended', { day: lastDay })}</p>
      <CopyText label={t('kit.link')} text={address} {...words} />
      <p className="mt-6">
        <img className="kit-code" src={file('qr.svg')} alt={t('kit.qrPicture')} width={220} height={220} />
      </p>
      <p className="flex flex-wrap gap-x-6">
        {(['svg', 'png'] as const).map((kind) => (
          <a key={kind} className="inline-flex min-h-11 items-center" href={`${file(`qr.${kind}`)}?bewaar`} download>
            {t('kit.qrAs', { kind: kind.toUpperCase() })}
          </a>
        ))}
      </p>

      <h2>{t('kit.messages')}</h2>
      {languages.map((spoken) => {
        const message = messageOfLink(content(), link, spoken)
        return (
          <section key={spoken} className="mb-8" data-message={spoken}>
            <CopyText
              label={t('kit.message', { language: names.of(spoken) ?? spoken })}
              text={textOfMessage(message)}
              lang={spoken}
              dir={LANGUAGE_NAMES[spoken].direction}
              {...words}
            />
            <p className="mt-2">{t('kit.apps')}</p>
            <p className="flex flex-wrap gap-3">
              {SHARE_APPS.map((app) => (
                <a
                  key={app}
                  className="button quiet"
                  href={addressInApp(
                    app,
                    message,
                    content().languages[spoken].share.cards.discreet[link.target.site].title,
                  )}
                >
                  {t('kit.app', { app })}
                </a>
              ))}
            </p>
            <p className="text-soft">{t('kit.signal')}</p>
          </section>
        )
      })}

      <h2>{t('kit.paper')}</h2>
      <p>{t('kit.paperWhat')}</p>
      {languages.map((spoken) => (
        <Sheets
          key={spoken}
          t={t}
          secret={secret}
          language={spoken}
          name={names.of(spoken) ?? spoken}
          open={spoken === own}
        />
      ))}

      <h2>{t('kit.count')}</h2>
      <p>{t('kit.countWhat')}</p>
      {!hasOwnCount(link) ? (
        <p>{t('notCounted')}</p>
      ) : counts.length > 0 ? (
        <ScrollTable
          label={t('kit.count')}
          head={[t('kit.run'), t('visitors')]}
          rows={counts.map(({ run, visitors }) => ({ key: run, cells: [run, visitors] }))}
        />
      ) : (
        <p>{t('noneYet')}</p>
      )}
      <p className="mt-8 text-xl font-bold">{t('kit.hope')}</p>
    </OutsideFrame>
  )
}

/** The sheets in one language, each as a file, and those for paper as a page to print. */
function Sheets({
  t,
  secret,
  language,
  name: spoken,
  open,
}: {
  readonly t: LinksTexts
  readonly secret: string
  readonly language: Language
  readonly name: string
  readonly open: boolean
}) {
  const kit = `/pakket/${secret}`
  return (
    <details open={open} className="mt-4">
      <summary className="min-h-11 cursor-pointer font-bold">{t('kit.inLanguage', { language: spoken })}</summary>
      <ul className="grid gap-2 sm:grid-cols-2">
        {KIT_FORMATS.map((format) => {
          const name = t('kit.format', { format })
          const paper = paperFormat(format)
          return (
            <li key={format} className="flex flex-wrap items-center gap-x-6">
              {/* Small, and fetched when it comes into sight: what it is, is told by the link beside it. */}
              <img
                className="kit-sheet"
                src={`${kit}/bestand/${format}-${language}.svg`}
                alt=""
                loading="lazy"
                width={96}
                height={136}
              />
              <a
                className="inline-flex min-h-11 items-center"
                href={`${kit}/bestand/${format}-${language}.${paper ? 'pdf' : 'png'}?bewaar`}
                download
              >
                {t(paper ? 'kit.pdf' : 'kit.png', { name })}
              </a>
              {paper ? (
                <a className="inline-flex min-h-11 items-center" href={`${kit}/afdrukken/${format}?taal=${language}`}>
                  {t('kit.print', { name })}
                </a>
              ) : null}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
