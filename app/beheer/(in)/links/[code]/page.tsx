import { notFound } from 'next/navigation'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import type { Language } from '#server/content/read.ts'
import { management } from '#server/management/management.ts'
import { addressOfLink } from '#server/sharing/site-sheet.ts'
import { readCode } from '#sharing/code.ts'
import { Form } from '../../../form.tsx'
import { asManager, today } from '../../../guard.ts'
import { linksTexts } from '../../../links-texts.ts'
import { countInWords, countsOfLinks, stateOf, targetInWords } from '../../../links-words.ts'
import { dayInWords } from '../../../totals-words.ts'
import { giveBack, moveKit, revoke } from '../actions.ts'

/** One link, and what can be done with it. */
export default async function LinkPage({ params }: { params: Promise<{ code: string }> }) {
  const { language } = await asManager()
  const { code } = await params
  const t = linksTexts(language)
  const { store } = await management()
  const link = await store.shareLinks.find(readCode(code) ?? '')
  if (!link) notFound()
  const counts = (await countsOfLinks(t, language, await today()))(link)
  const fields = [{ name: 'code', label: '', type: 'hidden', value: link.code }] as const
  const facts = [
    [t('code'), addressOfLink(content(), link).printed],
    [t('target'), targetInWords(t, link.target)],
    [t('kind'), t('kindOf', { kind: link.kind })],
    [t('language'), LANGUAGE_NAMES[link.language as Language].name],
    [t('until'), dayInWords(link.lastDay, language)],
    [t('visitors'), countInWords(t, link, counts)],
  ] as const
  return (
    <>
      <h1>{link.community}</h1>
      <p className="font-bold">{t('state', { state: stateOf(link, await today()) })}</p>
      <dl className="mt-4 grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h2>{t('do.label', { community: link.community })}</h2>
      {link.revoked ? (
        <Form action={giveBack} fields={fields} send={t('do.giveBack')} />
      ) : (
        <div className="grid gap-6">
          <div>
            <p className="mb-3">{t('do.kitWhat')}</p>
            <Form action={moveKit} fields={fields} send={t('do.kit')} quiet />
          </div>
          <div>
            <p className="mb-3">{t('do.revokeWhat')}</p>
            <Form action={revoke} fields={fields} send={t('do.revoke')} quiet />
          </div>
        </div>
      )}
      <p className="mt-6">
        <a href="/beheer/links">{t('list')}</a>
      </p>
    </>
  )
}
