import en from '#content/en/manage/failure.json' with { type: 'json' }
import nl from '#content/nl/manage/failure.json' with { type: 'json' }
import { escaped } from '#sharing/escaped.ts'

/**
 * The page for when the process of the management does not answer: what to do, in both languages of managers, for nobody knows who asks.
 * It needs no file beside it, and going back brings a form with what was typed.
 */
export function unavailablePage(): string {
  const part = ({ title, text, sentForm }: typeof nl) =>
    `<h1>${escaped(title)}</h1><p>${escaped(text)}</p><p>${escaped(sentForm)}</p>`
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>Beheer</title></head><body><main>${part(nl)}<section lang="en">${part(en)}</section></main></body></html>`
}
