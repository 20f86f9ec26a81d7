import type { FrameLink } from './frame.tsx'
import type { Translator } from './translator.ts'

/** The exit as a large button in a text, to practise with. It really leaves. */
export function ExitButton({ t, exit }: { t: Translator; exit: FrameLink }) {
  return (
    <p className="no-print">
      <a
        href={exit.href}
        rel="nofollow noreferrer"
        data-exit=""
        className="flex min-h-16 items-center justify-center rounded-2xl bg-ink px-6 text-[1.25rem] font-bold !text-paper !no-underline"
      >
        {t('exit.practise')}
      </a>
    </p>
  )
}
