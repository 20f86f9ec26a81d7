import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Leeslijst', icons: { icon: 'data:,' } }

/** The last resort, for an address that reaches no site at all. Every address of a site has its own page. */
export default function GlobalNotFound() {
  return (
    <html lang="nl" data-reading="">
      <body>
        <main>
          <h1>Deze pagina is er niet</h1>
          <p>
            <a href="/">Naar de voorpagina</a>
          </p>
        </main>
      </body>
    </html>
  )
}
