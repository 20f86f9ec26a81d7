// The one script of a reading page. It stands in the head, so that it works from the first byte of the text, and runs without any library.
// Everything it does is extra: without it links are links, the exit is a link, and the guide jumps to its places. What it does when is
// decided in machine.ts; this file tells the machine what happens, and does what it says.

import {
  begin,
  step,
  type Arrival,
  type Awaited,
  type Effect,
  type Happening,
  type State,
  type Step,
} from './machine.ts'

/** Where the exit leads. The build puts the address of content/sites.yaml here. */
declare const NEUTRAL_ADDRESS: string

const root = document.documentElement
const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('exit') : undefined

/** What each effect does (machine.ts says when). */
const EFFECTS: Record<Effect, () => void> = {
  stop: () => stop(),
  fetch: () => void read(state as Awaited),
  open: () => location.replace((state as Awaited).href),
  swap,
  cover,
  focus: () => privacyScreen()?.querySelector('button')?.focus(),
  lift: () => uncover(),
  tell: () => otherTabs?.postMessage(0),
  blank,
  // In the window on another site (docs/entrance.md) that site takes the window away.
  go: () => (parent === window ? location.replace(NEUTRAL_ADDRESS) : parent.postMessage('close', '*')),
}

let state: State
/** The page that arrived, until it is put in place. */
let arrived: Document
/** Takes the privacy screen away, and puts back what was there. */
let uncover = () => {}

function take([next, ...effects]: Step): void {
  state = next
  for (const effect of effects) EFFECTS[effect]()
}

function happen(...happening: Happening): void {
  take(step(state, ...happening))
}

take(begin(arrival(), performance.now()))

/** Back, Forward, a tab that is opened again and a window that is restored are one kind of navigation (Navigation Timing, W3C). */
function arrival(): Arrival {
  if ((document as { wasDiscarded?: boolean }).wasDiscarded) return 'discarded'
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.type === 'back_forward' ? 'back' : 'fresh'
}

/** The neutral name of the site: what every title ends with, and all of it that a covered page shows. */
function nameInTab(): string {
  return document.title.split(' · ').pop() ?? ''
}

/** Covers the page at once: a slow network must not keep it in sight. */
function blank(): void {
  const cover = document.createElement('div')
  cover.id = 'cover'
  document.title = nameInTab()
  if (document.body) {
    document.body.append(cover)
    document.body.className = 'cover'
  } else root.hidden = true
}

function privacyScreen(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-curtain]')
}

/** Covers a page that went out of sight, for whoever picks up the telephone, and remembers where the reader was. */
function cover(): void {
  const screen = privacyScreen()
  // A page that is not whole yet is not shown until it is.
  root.hidden = !screen
  if (!screen) return
  const { title, activeElement } = document
  const selection = getSelection()
  const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined
  const scroll = scrollY
  uncover = () => {
    screen.hidden = true
    document.body.classList.remove('away')
    document.title = title
    const place = activeElement === document.body ? document.querySelector('main') : (activeElement as HTMLElement)
    place?.focus({ preventScroll: true })
    if (range) {
      selection?.removeAllRanges()
      selection?.addRange(range)
    }
    scrollTo(0, scroll)
  }
  screen.hidden = false
  document.body.classList.add('away')
  document.title = nameInTab()
}

document.addEventListener('visibilitychange', () => {
  happen(document.visibilityState === 'hidden' ? 'hide' : 'show', undefined)
})

otherTabs?.addEventListener('message', ({ timeStamp }) => happen('told', { at: timeStamp }))

// Whatever way the page is left, it leaves nothing to look at, and the browser's memory of left pages leads away from it.
addEventListener('pagehide', () => {
  document.body?.replaceChildren()
})
addEventListener('pageshow', ({ persisted, timeStamp }) => {
  if (persisted) happen('back', { at: timeStamp })
})

const clicked = (event: MouseEvent) => {
  const { target, button, timeStamp } = event
  const at = target instanceof Element ? target : root
  const link = at.closest('a')
  const pressed = at.closest('button')
  // The button that opens a menu opens it on the exit too.
  if (button > 1) return
  if (state.name === 'leaving' || link?.dataset.exit !== undefined) {
    event.preventDefault()
    happen('leave', { at: timeStamp })
  } else if (pressed) {
    press(pressed)
  } else if (!link || button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return
  } else if (link.getAttribute('href')?.startsWith('#')) {
    event.preventDefault()
    goToPlace(link.hash.slice(1))
  } else if (link.origin === location.origin && !link.hasAttribute('download')) {
    event.preventDefault()
    happen('link', { href: link.href })
  }
}
document.addEventListener('click', clicked)
document.addEventListener('auxclick', clicked)

function press(button: HTMLButtonElement): void {
  if (button.dataset.share) void share(button)
  else if (button.dataset.key !== undefined) {
    keyWanted = !keyWanted
    fitToDevice()
  } else if (privacyScreen()?.contains(button)) happen('lift', { covers: button.value !== 'page' })
}

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

// The key that leaves: three times, each within two seconds of the one before (docs/decisions/0039). Any other key starts again.
const EXIT_KEY = 'Backspace'
const PRESSES = 3
const PAUSE_MILLISECONDS = 2000
let presses = 0
let keyWanted = true
let pause: ReturnType<typeof setTimeout>
addEventListener('keydown', (event) => {
  const { key, repeat, ctrlKey, altKey, metaKey, shiftKey, timeStamp } = event
  if (!keyWanted || key !== EXIT_KEY || ctrlKey || altKey || metaKey || shiftKey) {
    presses = 0
    return
  }
  event.preventDefault()
  if (repeat) return
  clearTimeout(pause)
  presses += 1
  if (presses === PRESSES) {
    presses = 0
    happen('leave', { at: timeStamp })
  } else {
    say(status()?.dataset.press?.replace('#', String(PRESSES - presses)))
    pause = setTimeout(() => {
      presses = 0
      say(status()?.dataset.over)
    }, PAUSE_MILLISECONDS)
  }
})

function status(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-status]')
}

/** Puts a message where a screen reader reads it out. */
function say(message = ''): void {
  const place = status()
  if (place) place.textContent = message
}

/** Moves the reader to a place: the keyboard, and in Firefox also the cursor with which a screen reader reads on. */
function moveTo(place: HTMLElement): void {
  place.tabIndex = -1
  place.focus({ preventScroll: true })
  getSelection()?.setPosition(place, 0)
}

/** Shows a place on this page without a new entry in the history. */
function goToPlace(id: string): void {
  const place = document.getElementById(id)
  if (!place) return
  if (place.classList.contains('step')) {
    document.querySelector('[data-shown]')?.removeAttribute('data-shown')
    place.setAttribute('data-shown', '')
  }
  moveTo(place)
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

/** Fetches a page, so that the whole visit stays one entry of the history (docs/decisions/0002). */
async function read(awaited: Awaited): Promise<void> {
  try {
    const response = await fetch(awaited.href, {
      headers: headersFor(awaited.href),
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    const next = new DOMParser().parseFromString(await response.text(), 'text/html')
    // A page in another style, or none of ours, is opened as a page.
    if (styleOf(next) !== styleOf(document)) throw new Error()
    arrived = next
    happen('arrived', { awaited })
  } catch {
    happen('failed', { awaited })
  }
}

function styleOf(page: Document): string | undefined {
  return page.querySelector('style')?.textContent ?? undefined
}

/** Puts the page that arrived in the place of this one: it may all be in another language. */
function swap(): void {
  const { title, body, documentElement } = arrived
  const { lang, dir } = documentElement
  Object.assign(root, { lang, dir })
  document.title = title
  document.body.replaceChildren(...body.childNodes)
  const heading = document.querySelector('h1')
  if (heading) moveTo(heading)
  scrollTo(0, 0)
  fitToDevice()
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
  for (const button of document.querySelectorAll<HTMLElement>('[data-key]')) {
    button.hidden = false
    button.textContent = (keyWanted ? button.dataset.key : button.dataset.on) ?? ''
  }
}

addEventListener('DOMContentLoaded', () => {
  fitToDevice()
  // The privacy screen came after this script.
  if (state.name === 'hidden') cover()
})
