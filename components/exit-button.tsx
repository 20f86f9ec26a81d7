import type { FrameLink } from './frame.tsx'
import type { Translator } from './translator.ts'

/** The exit as a large button in a text, to practise with: it really leaves. And a way to switch off the key that leaves, which only the script shows. */
export function ExitButton({ t, exit }: { t: Translator; exit: FrameLink }) {
  return (
    <div className="no-print">
      <a
        href={exit.href}
        rel="nofollow noreferrer"
        data-exit=""
        className="flex min-h-16 items-center justify-center rounded-2xl bg-ink px-6 text-[1.25rem] font-bold !text-paper !no-underline"
      >
        {t('exit.practise')}
      </a>
      <button
        type="button"
        hidden
        data-key={t('exit.keyOff')}
        data-on={t('exit.keyOn')}
        className="mt-4 min-h-12 underline underline-offset-4"
      />
    </div>
  )
}
