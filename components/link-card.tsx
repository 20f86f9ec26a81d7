import { InLanguage } from './in-language.tsx'

/** A large link with a word of explanation. */
export function LinkCard({
  href,
  title,
  text,
  lang,
}: {
  href: string
  title: string
  text?: string | undefined
  lang?: string | undefined
}) {
  return (
    <a
      href={href}
      className="lift flex h-full min-h-16 items-center justify-between gap-3 rounded-2xl border-2 border-line bg-sheet px-5 py-4 text-ink"
    >
      <span>
        <span className="block text-[1.125rem] leading-[1.25] font-bold">
          <InLanguage lang={lang}>{title}</InLanguage>
        </span>
        {text && (
          <span className="mt-1 block text-[0.9375rem] leading-[1.4] text-soft">
            <InLanguage lang={lang}>{text}</InLanguage>
          </span>
        )}
      </span>
      <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5 shrink-0 text-accent mirrored">
        <path
          d="M4 10h12m-5-5 5 5-5 5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </a>
  )
}
