import type { FrameLink } from './frame.tsx'
import { LinkCard } from './link-card.tsx'
import { PageHead } from './help-page.tsx'

interface Props {
  /** The status of the HTTP answer, which the adapter reads off the page. */
  readonly answer: 404
  readonly title: string
  readonly text: string
  readonly picture: string | undefined
  readonly links: readonly FrameLink[]
}

/** A page that says kindly that something is not here, and where to go instead. */
export function MessagePage({ answer, title, text, picture, links }: Props) {
  return (
    <div data-answer={answer}>
      <PageHead title={title} lead={text} picture={picture} />
      <ul className="mt-10 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {links.map(({ href, title: label, lang }) => (
          <li key={href}>
            <LinkCard href={href} title={label} lang={lang} />
          </li>
        ))}
      </ul>
    </div>
  )
}
