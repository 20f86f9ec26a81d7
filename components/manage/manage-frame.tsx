import type { ReactNode } from 'react'

interface Props {
  readonly name: string
  readonly skip: string
  readonly menu?:
    { readonly label: string; readonly links: readonly { readonly href: string; readonly text: string }[] } | undefined
  /** What stands at the end of the header, such as the button to sign out. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** The frame of a page of the management. */
export function ManageFrame({ name, skip, menu, aside, children }: Props) {
  return (
    <>
      <a href="#main" className="skip">
        {skip}
      </a>
      <header className="no-print border-b border-line bg-sheet">
        <div className="mx-auto flex max-w-(--page) flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
          <a href="/beheer" className="flex min-h-11 items-center text-xl font-extrabold">
            {name}
          </a>
          {menu ? (
            <nav aria-label={menu.label} className="flex flex-wrap gap-x-5">
              {menu.links.map(({ href, text }) => (
                <a key={href} href={href} className="flex min-h-11 items-center">
                  {text}
                </a>
              ))}
            </nav>
          ) : null}
          <div className="ms-auto flex flex-wrap items-center gap-4">{aside}</div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-(--page) px-4 py-8">
        {children}
      </main>
    </>
  )
}
