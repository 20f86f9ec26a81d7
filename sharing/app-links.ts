/** Apps that take a message from an address of their own scheme. Signal has none (its links lead to people and groups only). */
export const SHARE_APPS = ['whatsapp', 'telegram', 'mail', 'sms'] as const
export type ShareApp = (typeof SHARE_APPS)[number]

/** A message in the parts that a page shows it in: an address reads from left to right in every language. */
export interface ShareMessage {
  readonly before: string
  readonly address: string
  readonly after: string
}

/** A message of content/<language>/share.yaml with its address. @param words with `{address}` once */
export function messageWith(words: string, address: string): ShareMessage {
  const [before = '', after = ''] = words.split('{address}')
  return { before, address, after }
}

/** A message as it is sent. */
export function textOfMessage({ before, address, after }: ShareMessage): string {
  return before + address + after
}

/**
 * The address that opens an app with the message in it. None leads to a web page, so following it asks nothing of any server and
 * leaves no line in the history of the browser.
 *
 * whatsapp: fvdm.com/code/note-whatsapp-url-scheme (WhatsApp itself documents wa.me only). telegram:
 * core.telegram.org/api/links#share-links; it puts the address above the text by itself. mail: RFC 6068. sms: RFC 5724, with the
 * `&` that Apple's Messages needs and Android skips.
 * @param subject of a mail: it stands in the list of mails, so it is neutral
 */
export function addressInApp(app: ShareApp, message: ShareMessage, subject: string): string {
  const text = encodeURIComponent(textOfMessage(message))
  switch (app) {
    case 'whatsapp':
      return `whatsapp://send?text=${text}`
    case 'telegram':
      return `tg://msg_url?url=${encodeURIComponent(message.address)}&text=${encodeURIComponent(withoutColon(message.before + message.after))}`
    case 'mail':
      return `mailto:?subject=${encodeURIComponent(subject)}&body=${text}`
    case 'sms':
      return `sms:?&body=${text}`
  }
}

/** Words that announced an address, where nothing follows them any more. */
function withoutColon(words: string): string {
  return words.trim().replace(/\s*:$/, '')
}
