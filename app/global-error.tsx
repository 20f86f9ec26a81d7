'use client'

import '#components/manage.css'
import en from '#content/en/manage/failure.json'
import nl from '#content/nl/manage/failure.json'

/**
 * What a manager sees when a page of the management fails, most likely because the database is gone. It asks nothing of the
 * server, so it does not know who looks and speaks both languages. Reading pages are sent from memory and never come here.
 */
export default function GlobalError() {
  return (
    <html lang="nl" dir="ltr">
      <head>
        <title>Beheer</title>
        <meta name="robots" content="noindex, nofollow" />
      </head>
      <body>
        <main className="mx-auto max-w-(--page) px-4 py-8">
          <h1>{nl.title}</h1>
          <Remedy {...nl} />
          <section lang="en" className="mt-12">
            <h2>{en.title}</h2>
            <Remedy {...en} />
          </section>
        </main>
      </body>
    </html>
  )
}

function Remedy({ text, again }: { readonly text: string; readonly again: string }) {
  return (
    <>
      <p>{text}</p>
      <p className="mt-6">
        <a href="" className="button">
          {again}
        </a>
      </p>
    </>
  )
}
