import { CopyText } from '#components/manage/copy-text.tsx'
import { LetterSheet } from '#components/manage/letter-sheet.tsx'
import { wordOf } from '#server/counts/choice.ts'
import { letterOf } from '#server/counts/letter.ts'
import { management } from '#server/management/management.ts'
import { LONGEST_SHARE, usualLastDay } from '#server/management/shared-letters.ts'
import { contentNow } from '#server/planned-runs.ts'
import { Form } from '../../form.tsx'
import { asManager, signedIn, today } from '../../guard.ts'
import { sentenceOf } from '../../letter-words.ts'
import { sheetOf } from '../../sheet-of-letter.ts'
import { totalsTexts } from '../../totals-texts.ts'
import { dayInWords, nameOfChoice, nameOfWord, siteOf } from '../../totals-words.ts'
import { share, takeBack } from './actions.ts'

interface Props {
  readonly searchParams: Promise<{ toon?: string | string[] }>
}

/** The sentence for a letter, with everything that belongs to it. */
export default async function LetterPage({ searchParams }: Props) {
  const { language, role } = await signedIn()
  const t = totalsTexts(language)
  const { toon } = await searchParams
  const { totals } = await management()
  const letter = await letterOf(totals, contentNow().runs, typeof toon === 'string' ? toon : undefined, await today())
  if (!letter) {
    return (
      <>
        <h1>{t('letter.nothing')}</h1>
        <p>
          <a href="/beheer">{t('letter.back')}</a>
        </p>
      </>
    )
  }

  const word = wordOf(letter.choice)
  const fileOf = (name: string) => `/beheer/brief/bestand/${name}?toon=${encodeURIComponent(word)}`
  return (
    <>
      <div className="no-print">
        <h1>{t('letter.title', { name: nameOfChoice(letter.choice) })}</h1>
        <p>{t('letter.lead')}</p>
        <CopyText
          label={t('letter.dutch')}
          text={sentenceOf(letter, 'nl')}
          copy={t('letter.copy')}
          copied={t('letter.copied')}
        />
        <CopyText
          label={t('letter.english')}
          text={sentenceOf(letter, 'en')}
          copy={t('letter.copy')}
          copied={t('letter.copied')}
        />
        <h2>{t('letter.files')}</h2>
        <ul className="grid gap-2">
          {[
            { href: fileOf('bezoekers.csv'), text: t('letter.csv'), how: t('letter.csvHow') },
            { href: fileOf('bezoekers.json'), text: t('letter.json'), how: undefined },
            ...letter.sites.flatMap(({ site }) => [
              { href: fileOf(`${site}.svg`), text: t('letter.svg', { site: siteOf(site).name }), how: undefined },
              { href: fileOf(`${site}.png`), text: t('letter.png', { site: siteOf(site).name }), how: undefined },
            ]),
          ].map(({ href, text, how }) => (
            <li key={href}>
              <a href={href} download className="inline-flex min-h-11 items-center">
                {text}
              </a>
              {how ? <p className="text-soft">{how}</p> : null}
            </li>
          ))}
        </ul>
      </div>
      <LetterSheet sheet={sheetOf(letter, language)} />
      {role === 'manager' ? <Sharing word={word} /> : null}
    </>
  )
}

/** Lets a colleague without an account read the sheet, and shows who may. */
async function Sharing({ word }: { readonly word: string }) {
  const { language } = await asManager()
  const t = totalsTexts(language)
  const { store } = await management()
  const day = await today()
  const open = await store.sharedLetters.open(day)
  return (
    <section className="no-print">
      <h2>{t('share.title')}</h2>
      <p className="mb-4">{t('share.lead')}</p>
      <Form
        action={share}
        fields={[
          { name: 'choice', label: '', type: 'hidden', value: word },
          {
            name: 'lastDay',
            label: t('share.until'),
            type: 'date',
            value: usualLastDay(day),
            hint: t('share.hint', { days: LONGEST_SHARE }),
          },
        ]}
        send={t('share.send')}
      />
      <h3>{t('share.openTitle')}</h3>
      {open.length === 0 ? <p>{t('share.none')}</p> : null}
      <ul className="grid gap-2">
        {open.map(({ hash, choice, lastDay, madeBy }) => (
          <li key={hash} className="flex flex-wrap items-center gap-4">
            <span>
              {t('share.line', { choice: nameOfWord(choice), day: dayInWords(lastDay, language), name: madeBy })}
            </span>
            <form action={takeBack}>
              <input type="hidden" name="hash" value={hash} />
              <input type="hidden" name="choice" value={word} />
              <button className="button quiet">{t('share.takeBack')}</button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
