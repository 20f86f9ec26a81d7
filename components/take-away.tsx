import type { ContactNames, Helpline } from '#server/content/read.ts'
import type { Translator } from './translator.ts'

/** A card with two numbers and nothing that tells what they are for: to copy by hand, or to print. */
export function WalletCard({ t, abroad, netherlands }: { t: Translator; abroad: Helpline; netherlands: Helpline }) {
  return (
    <figure>
      <div className="wallet flex flex-col justify-center gap-3 rounded-2xl border-2 border-dashed border-soft bg-sheet px-6">
        {[
          { helpline: abroad, where: t('card.abroad') },
          { helpline: netherlands, where: t('card.netherlands') },
        ].map(({ helpline, where }) => (
          <p key={helpline.id} className="leading-[1.2]">
            <bdi dir="ltr" className="block text-[1.5rem] font-extrabold tracking-[-0.01em]">
              {helpline.display}
            </bdi>
            <span className="text-[0.9375rem] text-soft">{where}</span>
          </p>
        ))}
      </div>
      <figcaption className="mt-3 text-[0.9375rem] text-soft">{t('card.caption')}</figcaption>
    </figure>
  )
}

/** The link to the archive with posters and pictures. */
export function ToolkitFile({ words, href }: { words: string; href: string }) {
  return (
    <p>
      <a
        href={href}
        download=""
        className="flex min-h-14 items-center rounded-xl border-2 border-line bg-sheet px-5 py-3 !font-bold !text-ink !no-underline"
      >
        {words}
      </a>
    </p>
  )
}

/** Links to contact files under neutral names, for the reader to choose from. */
export function ContactFiles({
  t,
  contactNames,
  hrefOf,
}: {
  t: Translator
  contactNames: ContactNames
  hrefOf: (file: string) => string
}) {
  return (
    <div>
      <div className="grid gap-3 sm:grid-cols-2">
        {contactNames.names.map(({ file, name }) => (
          <a
            key={file}
            href={hrefOf(file)}
            download=""
            className="flex min-h-14 items-center rounded-xl border-2 border-line bg-sheet px-5 py-3 !font-bold !text-ink !no-underline"
          >
            {t('card.download', { name })}
          </a>
        ))}
      </div>
      <p className="mt-4">{contactNames.note}</p>
    </div>
  )
}
