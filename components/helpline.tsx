import type { Helpline, HelplineText } from '#server/content/read.ts'
import { formatDay, formatSourceDate, hostOf } from './format.ts'
import type { Translator } from './translator.ts'

/** A helpline with the words that belong to it. */
export interface HelplineView {
  readonly helpline: Helpline
  readonly words: HelplineText
  /** Where the address of an organisation opens; absent: in place of this page, as links do. */
  readonly target?: '_blank' | undefined
}

interface Props {
  readonly view: HelplineView
  readonly language: string
  readonly t: Translator
  /** `full` for the page of all numbers; `short` beside a text, where every line counts. */
  readonly detail: 'short' | 'full'
  readonly heading?: 'h2' | 'h3'
}

/** Where a helpline is reached: the number to dial, or the address to open. */
export function hrefOfHelpline(helpline: Helpline): string | undefined {
  if (helpline.kind === 'phone' && helpline.tel) return `tel:${helpline.tel}`
  if (helpline.url) return helpline.url
  return helpline.mail ? `mailto:${helpline.mail}` : undefined
}

/** One helpline: how to reach it, for whom, when, what it costs, and what stays behind on the telephone. */
export function HelplineCard({
  view: { helpline, words, target },
  language,
  t,
  detail,
  heading: Heading = 'h3',
}: Props) {
  const href = hrefOfHelpline(helpline)
  return (
    <section className="helpline">
      <div>
        <Heading>{words.name}</Heading>
        <OpenNow helpline={helpline} t={t} />
      </div>
      <p className="mt-1">{words.who}</p>
      {href && (
        <a href={href} rel="noreferrer" target={href.startsWith('https:') ? target : undefined}>
          <Label helpline={helpline} name={words.name} t={t} />
        </a>
      )}
      {helpline.mail && helpline.kind !== 'mail' && (
        <p className="mt-2">
          <a
            className="inline-block py-2 font-semibold [overflow-wrap:anywhere] text-accent underline underline-offset-4"
            href={`mailto:${helpline.mail}`}
          >
            {t('helpline.mail', { address: helpline.mail })}
          </a>
        </p>
      )}
      {detail === 'short' ? (
        <p className="mt-3 text-[1rem]">
          {words.when} {words.cost} {words.trace}
        </p>
      ) : (
        <dl className="mt-3 text-[1rem]">
          <Row term={t('helpline.when')} text={words.when} />
          <Row term={t('helpline.cost')} text={words.cost} />
          <Row term={t('helpline.talk')} text={words.talk} />
          <Row term={t('helpline.trace')} text={words.trace} />
        </dl>
      )}
      <p className="mt-3 text-[0.875rem] text-soft">
        {t('helpline.checked', {
          date: formatDay(helpline.checked, language),
          source: `${hostOf(helpline.source)}, ${formatSourceDate(helpline.sourceDate, language, t('helpline.sourceUndated'))}`,
        })}
      </p>
    </section>
  )
}

function Label({ helpline, name, t }: { helpline: Helpline; name: string; t: Translator }) {
  // A number reads from left to right in every language.
  const number = () => (
    <bdi dir="ltr" className="whitespace-nowrap">
      {helpline.display}
    </bdi>
  )
  switch (helpline.kind) {
    case 'phone':
      return <span>{t.rich('helpline.call', { number })}</span>
    case 'whatsapp':
      return <span>{t.rich('helpline.whatsapp', { number })}</span>
    case 'mail':
      return <span>{t('helpline.mail', { address: helpline.display })}</span>
    default:
      return <span>{t('helpline.open', { name })}</span>
  }
}

function Row({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  )
}

/**
 * An empty place that the reader's own device fills with "open" or "dicht": only there the moment is known. Opening
 * hours whose source is not certain are said to be "meestal" so.
 */
function OpenNow({ helpline, t }: { helpline: Helpline; t: Translator }) {
  if (!('days' in helpline.hours)) return null
  const { days, from, to } = helpline.hours
  const sure = helpline.confidence === 'high'
  return (
    <span
      className="text-[0.9375rem] font-bold text-accent"
      data-hours={`${days.join('')} ${from} ${to}`}
      data-open={t(sure ? 'helpline.openNow' : 'helpline.openProbably')}
      data-closed={t(sure ? 'helpline.closedNow' : 'helpline.closedProbably')}
    />
  )
}
