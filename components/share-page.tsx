import type { FrameLink } from './frame.tsx'
import { InLanguage } from './in-language.tsx'
import { LinkCard } from './link-card.tsx'
import type { Translator } from './translator.ts'

/** One of the two ways to share a page: what a chat shows, the message, and the apps that take it. */
export interface ShareWay {
  readonly kind: 'discreet' | 'open'
  readonly card: { readonly title: string; readonly text: string }
  readonly host: string
  /** The address reads from left to right, whatever stands around it. */
  readonly message: { readonly before: string; readonly address: string; readonly after: string }
  readonly apps: readonly { readonly app: 'whatsapp' | 'telegram' | 'mail' | 'sms'; readonly href: string }[]
}

interface Props {
  readonly t: Translator
  /** The page that is shared. An entry has its day only: its title may be still to come. */
  readonly shared: FrameLink & { readonly lead: string | undefined }
  readonly discreet: ShareWay
  readonly open: ShareWay
  /** The page that lists everything that can be shared. */
  readonly all: string
}

const BUTTON = 'flex min-h-14 items-center justify-center rounded-xl px-6'

/** The page on which a page is shared: first the question whether somebody looks along, then the neutral way, then the open one. */
export function SharePage({ t, shared, discreet, open, all }: Props) {
  return (
    <article className="mx-auto max-w-[40rem]">
      <p className="text-soft">{t('share.what')}</p>
      <h1 className="mt-1 text-[2.25rem] sm:text-[3rem]">
        <InLanguage lang={shared.lang}>{shared.title}</InLanguage>
      </h1>
      {shared.lead && (
        <p className="mt-4 text-[1.25rem] leading-[1.45] text-soft">
          <InLanguage lang={shared.lang}>{shared.lead}</InLanguage>
        </p>
      )}
      <div className="warning mt-6">
        <strong>{t('share.askTitle')}</strong>
        <p>{t('share.ask')}</p>
      </div>
      <section className="mt-6 rounded-2xl border-2 border-line bg-sheet p-5" aria-labelledby="discreet">
        <h2 id="discreet" className="text-[1.5rem]">
          {t('share.discreet.title')}
        </h2>
        <Way t={t} way={discreet} />
      </section>
      <details className="mt-6 rounded-2xl border-2 border-line bg-sheet px-5 py-2">
        <summary className="min-h-12 cursor-pointer py-2">
          <h2 className="inline-block text-[1.5rem]">{t('share.open.title')}</h2>
        </summary>
        <Way t={t} way={open} />
      </details>
      <p className="mt-8 border-s-4 border-accent ps-4 text-[1.125rem] font-semibold">{t('share.close')}</p>
      <ul className="mt-8 grid gap-3 sm:grid-cols-2">
        <li>
          <LinkCard href={all} title={t('share.all')} />
        </li>
        <li>
          <LinkCard href={shared.href} title={t('share.back')} />
        </li>
      </ul>
    </article>
  )
}

/** The buttons are there for the script (reader/reader.ts), which shows those that work on this device. */
function Way({ t, way: { kind, card, host, message, apps } }: { t: Translator; way: ShareWay }) {
  const id = `message-${kind}`
  return (
    <>
      <p className="mt-2">{t(`share.${kind}.text`)}</p>
      <figure className="mt-5">
        <figcaption className="text-[0.9375rem] text-soft">{t('share.look')}</figcaption>
        <div className="chat mt-2">
          <ul>
            <li className="mine">
              <div className="rounded-xl bg-sheet px-4 py-3">
                <p className="font-bold">{card.title}</p>
                <p className="text-[0.9375rem] text-soft">{card.text}</p>
                <p className="text-[0.8125rem] text-soft">
                  <bdi dir="ltr">{host}</bdi>
                </p>
              </div>
              <p id={id} className="mt-2 [overflow-wrap:anywhere]">
                {message.before}
                <bdi dir="ltr">{message.address}</bdi>
                {message.after}
              </p>
            </li>
          </ul>
        </div>
      </figure>
      <div className="mt-5 grid gap-3 sm:grid-cols-2">
        <button
          type="button"
          hidden
          data-share="share"
          value={id}
          className={`${BUTTON} bg-accent font-bold text-on-accent`}
        >
          {t('share.send')}
        </button>
        <button
          type="button"
          hidden
          data-share="clipboard"
          data-done={t('share.copied')}
          value={id}
          className={`${BUTTON} border-2 border-accent font-bold text-accent`}
        >
          {t('share.copy')}
        </button>
        {apps.map(({ app, href }) => (
          <a key={app} href={href} className={`${BUTTON} border-2 border-line font-bold text-ink`}>
            {t(`share.${app}`)}
          </a>
        ))}
      </div>
      <p className="mt-3 mb-2 text-[0.9375rem] text-soft">{t('share.signal')}</p>
    </>
  )
}
