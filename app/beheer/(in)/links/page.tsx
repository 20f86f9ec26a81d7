import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { nameOfTarget, usualLastDayOfLink } from '#server/management/links.ts'
import { management } from '#server/management/management.ts'
import { shareTargets } from '#server/route.ts'
import { addressOfLink } from '#server/sharing/site-sheet.ts'
import { Form } from '../../form.tsx'
import { signedIn, today as todayOf } from '../../guard.ts'
import { linksTexts } from '../../links-texts.ts'
import { countInWords, countsOfLinks, stateOf, targetInWords } from '../../links-words.ts'
import { dayInWords } from '../../totals-words.ts'
import { importLinks, makeLink } from './actions.ts'

interface Props {
  readonly searchParams: Promise<{ ingetrokken?: string; terug?: string }>
}

/** Every link that was made, and the forms that make one or many. */
export default async function LinksPage({ searchParams }: Props) {
  const { language, role } = await signedIn()
  const t = linksTexts(language)
  const today = await todayOf()
  const { store } = await management()
  const [links, countsOf, asked] = [
    await store.shareLinks.all(),
    await countsOfLinks(t, language, today),
    await searchParams,
  ]
  const named = (code: string | undefined) => links.find((link) => link.code === code)
  const [revoked, givenBack] = [named(asked.ingetrokken), named(asked.terug)]
  return (
    <>
      <h1>{t('title')}</h1>
      {revoked ? (
        <p className="note" role="status">
          {t('do.revoked', { community: revoked.community })}
        </p>
      ) : null}
      {givenBack ? (
        <p className="note" role="status">
          {t('do.givenBack', { community: givenBack.community })}
        </p>
      ) : null}
      <p>{t('lead')}</p>

      <h2>{t('list')}</h2>
      {links.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <ScrollTable
          label={t('list')}
          head={[t('community'), t('code'), t('target'), t('kind'), t('language'), t('until'), t('visitors'), '']}
          rows={links.map((link) => {
            const way = `/beheer/links/${link.code}`
            return {
              key: link.code,
              cells: [
                role === 'manager' ? <a href={way}>{link.community}</a> : link.community,
                <bdi key="address">{addressOfLink(content(), link).printed}</bdi>,
                targetInWords(t, link.target),
                t('kindOf', { kind: link.kind }),
                LANGUAGE_NAMES[link.language as Language].name,
                dayInWords(link.lastDay, language),
                countInWords(t, link, countsOf(link)),
                t('state', { state: stateOf(link, today) }),
              ],
            }
          })}
        />
      )}
      {role === 'manager' ? <Make language={language} today={today} /> : null}
    </>
  )
}

function Make({
  language,
  today,
}: {
  readonly language: 'nl' | 'en'
  readonly today: Awaited<ReturnType<typeof todayOf>>
}) {
  const t = linksTexts(language)
  const targets = (['help', 'diary'] as const).flatMap((site) => shareTargets(content(), site))
  return (
    <>
      <h2>{t('one')}</h2>
      <Form
        action={makeLink}
        fields={[
          {
            name: 'target',
            label: t('form.target'),
            type: 'select',
            options: targets.map((target) => ({
              value: nameOfTarget(content(), target),
              text: targetInWords(t, target),
            })),
            value: 'help',
          },
          {
            name: 'language',
            label: t('form.language'),
            type: 'select',
            options: LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value].name })),
            value: 'nl',
          },
          {
            name: 'kind',
            label: t('form.kind'),
            type: 'select',
            hint: t('form.kindHint'),
            options: (['discreet', 'open'] as const).map((kind) => ({ value: kind, text: t('kindOf', { kind }) })),
            value: 'discreet',
          },
          { name: 'community', label: t('form.community'), hint: t('form.communityHint'), autoComplete: 'off' },
          {
            name: 'readers',
            label: t('form.readers'),
            hint: t('form.readersHint'),
            inputMode: 'numeric',
            autoComplete: 'off',
          },
          {
            name: 'lastDay',
            label: t('form.lastDay'),
            type: 'date',
            hint: t('form.lastDayHint'),
            value: usualLastDayOfLink(today),
          },
          { name: 'few', label: '', type: 'hidden', version: true },
        ]}
        send={t('form.send')}
      />
      <h2>{t('table')}</h2>
      <p>{t('csv.what')}</p>
      <details className="mb-4">
        <summary className="min-h-11 cursor-pointer">{t('csv.example')}</summary>
        <pre className="wide" tabIndex={0}>
          {[
            ['target', 'language', 'kind', 'community', 'readers', 'lastDay']
              .map((field) => t(`field.${field as 'target'}`))
              .join(','),
            `help/reis,tr,discreet,Moskee Noord,150,${usualLastDayOfLink(today)}`,
            `diary/1,nl,open,Bibliotheek Zuid,400,${usualLastDayOfLink(today)}`,
          ].join('\n')}
        </pre>
      </details>
      <Form
        action={importLinks}
        fields={[
          { name: 'file', label: t('csv.file'), type: 'file' },
          { name: 'rows', label: t('csv.rows'), type: 'textarea' },
        ]}
        send={t('csv.send')}
        quiet
      />
    </>
  )
}
