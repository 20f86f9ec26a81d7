import type { Owner } from '#server/content/read.ts'
import type { Translator } from './translator.ts'

/** Who is behind the site, or plainly that nobody is named yet. */
export function OwnerCard({ t, owner }: { t: Translator; owner: Owner }) {
  if (!owner.filled) {
    return (
      <div className="warning">
        <strong>{t('owner.title')}</strong>
        <p>{t('owner.missing')}</p>
      </div>
    )
  }
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
      {(['name', 'address', 'email', 'phone', 'registration'] as const).map((field) => (
        <div key={field} className="contents">
          <dt className="font-bold">{t(`owner.${field}`)}</dt>
          <dd>{owner[field]}</dd>
        </div>
      ))}
      <dd className="mt-2 sm:col-span-2">{t('owner.notAHelpline')}</dd>
    </dl>
  )
}
