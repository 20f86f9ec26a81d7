/** What a page of ours tells of itself, by its console: nobody asks a page anything while it is on its way. */
export interface Told {
  /** `pressed`: the press fell on the exit, or was the third of the key. `after`: what is to be read after it. */
  readonly what: 'pressed' | 'after'
  /** In milliseconds since 1970, by the clock of the machine. */
  readonly at: number
  readonly text: string
  readonly title: string
}

const MARK = 'leaving '

/**
 * Stands in every document before its own scripts, and only listens. Written out, because it runs in the browser. A press counts when it is a
 * real one and falls on the exit while that is in sight.
 */
export const WATCH = `(() => {
  if (!/(^|\\.)localhost$/.test(location.hostname)) return
  const tell = (what) => console.debug('${MARK}' + JSON.stringify({
    what,
    at: performance.timeOrigin + performance.now(),
    text: document.documentElement.hidden ? '' : (document.body?.innerText ?? '').trim(),
    title: document.title,
  }))
  let over = false
  const pressed = () => {
    if (over) return
    over = true
    tell('pressed')
    setTimeout(() => tell('after'))
    setInterval(() => tell('after'), 100)
  }
  addEventListener('click', ({ isTrusted, target }) => {
    if (isTrusted && target instanceof Element && target.closest('[data-exit]')) pressed()
  }, true)
  let keys = 0
  addEventListener('keydown', ({ key, isTrusted }) => {
    keys = isTrusted && key === 'Backspace' ? keys + 1 : 0
    if (keys === 3) pressed()
  }, true)
})()`

/** What a line of the console tells; undefined: it is not of the watch. */
export function toldBy(line: string): Told | undefined {
  return line.startsWith(MARK) ? (JSON.parse(line.slice(MARK.length)) as Told) : undefined
}
