import type { FrameLink } from './frame.tsx'

/** The quiet way from the end of a page to the one that shares it. */
export function ShareLink({ share }: { share: FrameLink | undefined }) {
  if (!share) return null
  return (
    <p className="no-print mt-8">
      <a
        href={share.href}
        className="inline-flex min-h-12 items-center font-bold text-accent underline underline-offset-4"
      >
        {share.title}
      </a>
    </p>
  )
}
