// The one script of a reading page. It is put into the page by the adapter and runs without any library. Everything it
// does is extra: without it links are links, the exit is a link, and the guide jumps to its places.

export {}

const EXIT = '/uit'
const SHIFT_PRESSES = 3
const SHIFT_WITHIN_MILLISECONDS = 5000

const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('exit') : undefined

/** The neutral name of the site: what every title ends with, and all of it that a covered page shows. */
function nameInTab(): string {
  return document.title.split(' · ').pop() ?? ''
}

const status = document.querySelector<HTMLElement>('[data-status]')

/** Puts a message where a screen reader reads it out. */
function say(message = ''): void {
  if (status) status.textContent = message
}

/** Covers the page at once, in every tab, and only then leaves: a slow network must not keep the page in sight. */
function leave(): void {
  const cover = document.createElement('div')
  cover.id = 'cover'
  document.body.append(cover)
  document.body.className = 'cover'
  document.title = nameInTab()
  // In the window on another site (docs/entrance.md) that site takes the window away.
  if (parent === window) location.replace(EXIT)
  else parent.postMessage('close', '*')
}

function leaveEverywhere(): void {
  otherTabs?.postMessage(0)
  leave()
}

otherTabs?.addEventListener('message', leave)

// Whatever way the page is left, it leaves nothing to look at, and the browser's memory of left pages leads away from it.
addEventListener('pagehide', () => {
  document.body.replaceChildren()
})
addEventListener('pageshow', (event) => {
  if (event.persisted) location.replace(EXIT)
})

// A curtain for whoever picks up the telephone: it falls when the page goes out of sight, and stays until a tap.
let curtainWanted = true
let behindTheCurtain = { title: '', scroll: 0 }
const curtainOfThisPage = () => document.querySelector<HTMLElement>('[data-curtain]')
document.addEventListener('visibilitychange', () => {
  const curtain = curtainOfThisPage()
  if (!curtain?.hidden || !curtainWanted || document.visibilityState !== 'hidden') return
  behindTheCurtain = { title: document.title, scroll: scrollY }
  curtain.hidden = false
  document.body.classList.add('away')
  document.title = nameInTab()
})
document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('button')
  const curtain = curtainOfThisPage()
  if (button?.dataset.share) void share(button)
  if (!button || !curtain?.contains(button)) return
  curtainWanted = button.value !== 'page'
  curtain.hidden = true
  document.body.classList.remove('away')
  document.title = behindTheCurtain.title
  document.querySelector('main')?.focus({ preventScroll: true })
  scrollTo(0, behindTheCurtain.scroll)
})

/**
 * Hands the message of a page that shares another one to the device, without a request: its own share sheet, or the clipboard.
 * What is refused or given up leaves the message selected, to be copied by hand.
 */
async function share(button: HTMLButtonElement): Promise<void> {
  const message = document.getElementById(button.value)
  const text = message?.textContent ?? ''
  try {
    if (button.dataset.share === 'share') return await navigator.share({ text })
    await navigator.clipboard.writeText(text)
    say((button.textContent = button.dataset.done ?? ''))
  } catch {
    if (message) getSelection()?.selectAllChildren(message)
  }
}

// Shift three times. Another key starts again, also while Shift is held, and so does waiting; Escape would stop the page
// from leaving.
let presses: number[] = []
let shiftAlone = false
document.addEventListener('keydown', (event) => {
  shiftAlone = event.key === 'Shift'
  if (!shiftAlone) presses = []
})
document.addEventListener('keyup', (event) => {
  if (event.key !== 'Shift' || !shiftAlone) return
  presses = [...presses.filter((time) => event.timeStamp - time < SHIFT_WITHIN_MILLISECONDS), event.timeStamp]
  if (presses.length === SHIFT_PRESSES) leaveEverywhere()
  else say(status?.dataset.press?.replace('#', String(SHIFT_PRESSES - presses.length)))
})

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest('a')
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  if (link.dataset.exit !== undefined) {
    event.preventDefault()
    leaveEverywhere()
  } else if (link.getAttribute('href')?.startsWith('#')) {
    event.preventDefault()
    goToPlace(link.hash.slice(1))
  } else if (link.origin === location.origin && !link.hasAttribute('download')) {
    event.preventDefault()
    void read(link.href)
  }
})

/** Shows a place on this page without a new entry in the history. */
function goToPlace(id: string): void {
  const place = document.getElementById(id)
  if (!place) return
  if (place.classList.contains('step')) {
    document.querySelector('[data-shown]')?.removeAttribute('data-shown')
    place.setAttribute('data-shown', '')
  }
  place.focus()
  place.scrollIntoView()
}

// A page is counted once in a visit, and ten pages at most; the page says so itself, because nobody else remembers.
const MOST_COUNTED = 10
const counted = new Set([pageOf(location.pathname)])

/** The path of a page without its language: the same page in another language is not another page. */
function pageOf(path: string): string {
  return path.replace(/^\/[a-z]{2}(?=\/|$)/, '') || '/'
}

/** What a request for a page tells the count (docs/privacy.md): that this page is read for the first time in this visit. */
function headersFor(href: string): Record<string, string> {
  const page = pageOf(new URL(href).pathname)
  if (counted.has(page) || counted.size >= MOST_COUNTED) return {}
  counted.add(page)
  return { 'x-first-read': '1' }
}

/** The page that was asked for last: an answer that comes late must not push it aside. */
let wanted = ''

/**
 * Reads another page in place, so that the whole visit stays one entry of the history (docs/decisions/0002). A page that
 * cannot be had this way is opened as the link would, still in the same entry.
 */
async function read(href: string): Promise<void> {
  wanted = href
  try {
    const response = await fetch(href, {
      headers: headersFor(href),
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    const next = new DOMParser().parseFromString(await response.text(), 'text/html')
    const main = next.querySelector('main')
    const [here, there] = [partsOf(document), partsOf(next)]
    if (wanted !== href) return
    if (!main || here.length !== there.length) throw new Error()
    here.forEach((part, index) => {
      const other = there[index] as HTMLElement
      // What reads out stays where it is, or a screen reader would not hear it.
      if (part === status) status.dataset.press = other.dataset.press
      else part.replaceWith(document.adoptNode(other))
    })
    const { lang, dir } = next.documentElement
    Object.assign(document.documentElement, { lang, dir })
    document.title = next.title
    curtainWanted = true
    main.focus({ preventScroll: true })
    scrollTo(0, 0)
    say(main.querySelector('h1')?.textContent ?? undefined)
    fitToDevice()
  } catch {
    if (wanted === href) location.replace(href)
  }
}

/** What stands in the body of a page, in the same order on every page: it may all be in another language. */
function partsOf({ body }: Document): HTMLElement[] {
  return [...body.children].filter((part): part is HTMLElement => part.tagName !== 'SCRIPT')
}

/**
 * Fits a page to the device: "nu open" or "nu dicht" by its clock, in the time of Amsterdam, and the buttons for what it can do.
 * Nothing is sent.
 */
function fitToDevice(): void {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Amsterdam',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts()
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  const weekday = String(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1)
  const time = `${part('hour')}:${part('minute')}`
  for (const place of document.querySelectorAll<HTMLElement>('[data-hours]')) {
    const [days = '', from = '', to = ''] = place.dataset.hours?.split(' ') ?? []
    place.textContent =
      (days.includes(weekday) && time >= from && time < to ? place.dataset.open : place.dataset.closed) ?? ''
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-share]'))
    button.hidden = !(String(button.dataset.share) in navigator)
}

fitToDevice()
