import type { Page } from '@playwright/test'
import { content } from '#server/content/content.ts'

/** Where the exit leads to. */
export const NEUTRAL_ADDRESS = content().exit

export const NEUTRAL_HEADING = 'Een gewone pagina'

export const NEUTRAL_PAGE = `<!doctype html><html lang="nl"><title>Gewoon</title><h1>${NEUTRAL_HEADING}</h1>`

/**
 * Answers for the neutral address within the browser, so that the real redirect of the server is followed and nothing
 * leaves this machine. `page.route` cannot do it: Playwright does not intercept where a redirect leads to.
 */
export async function standInForNeutralAddress(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  session.on('Fetch.requestPaused', ({ requestId }) => {
    const body = Buffer.from(NEUTRAL_PAGE).toString('base64')
    const answer = {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }],
      body,
    }
    // The page may be gone before it is answered; then there is nobody to answer.
    session.send('Fetch.fulfillRequest', answer).catch(() => undefined)
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${NEUTRAL_ADDRESS}*` }] })
}
