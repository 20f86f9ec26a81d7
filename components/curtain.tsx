import type { Translator } from './translator.ts'

/** The privacy screen: what lies over a page that went out of sight. Only the script can show it. Its words tell nothing. */
export function Curtain({ t }: { t: Translator }) {
  return (
    <div hidden data-curtain="" role="dialog" aria-modal="true" aria-label={t('curtain.name')} className="p-8">
      <div className="mx-auto mt-16 grid max-w-[20rem] gap-4">
        <button type="button" className="min-h-14 rounded-xl border-2 border-line px-6 font-bold">
          {t('curtain.lift')}
        </button>
        <button type="button" value="page" className="min-h-12 underline underline-offset-4">
          {t('curtain.never')}
        </button>
      </div>
    </div>
  )
}
