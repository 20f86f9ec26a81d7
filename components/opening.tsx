import { Curtain } from './curtain.tsx'
import { ExitStatus } from './exit-status.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly words: { readonly text: string; readonly read: string; readonly close: string }
  /** The server puts the page that was shared here. */
  readonly read: string
  readonly exit: string
}

/**
 * The first screen of a discreet link: no name, no mark, no number, so that whoever looks along at that moment learns nothing.
 */
export function Opening({ t, words, read, exit }: Props) {
  return (
    <>
      <a href="#main" className="skip">
        {t('skip.text')}
      </a>
      <ExitStatus t={t} />
      <main id="main" tabIndex={-1} className="p-8 outline-none">
        <div className="mx-auto mt-16 grid max-w-[20rem] gap-4 text-center">
          <h1 className="text-[1.375rem] leading-[1.45] font-semibold">{words.text}</h1>
          <a
            href={read}
            className="mt-4 flex min-h-16 items-center justify-center rounded-xl bg-accent px-6 text-[1.125rem] font-bold text-on-accent"
          >
            {words.read}
          </a>
          <a
            href={exit}
            rel="nofollow noreferrer"
            data-exit=""
            className="flex min-h-12 items-center justify-center underline underline-offset-4"
          >
            {words.close}
          </a>
        </div>
      </main>
      <Curtain t={t} />
    </>
  )
}
