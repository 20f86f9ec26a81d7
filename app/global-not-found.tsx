import type { Metadata } from 'next'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, MAIN_LANGUAGE } from '#server/content/read.ts'
import { pathOfFront } from '#server/route.ts'

export const metadata: Metadata = {
  title: content().languages[MAIN_LANGUAGE].siteNames.help.tabName,
  icons: { icon: 'data:,' },
}

/** The last resort, for an address that reaches no site at all, in every language. Every address of a site has its own page. */
export default function GlobalNotFound() {
  return (
    <html lang={MAIN_LANGUAGE} data-reading="">
      <body>
        <main>
          {LANGUAGES.map((language) => {
            const t = translatorFor(language, content().languages[language].texts)
            const Heading = language === MAIN_LANGUAGE ? 'h1' : 'h2'
            return (
              <section key={language} lang={language} dir={LANGUAGE_NAMES[language].direction}>
                <Heading>{t('missing.title')}</Heading>
                <p>
                  <a href={pathOfFront('help', language)}>{t('missing.home')}</a>
                </p>
              </section>
            )
          })}
        </main>
      </body>
    </html>
  )
}
