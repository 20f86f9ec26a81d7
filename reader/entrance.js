// Opens a window of help (docs/entrance.md). What is sent is reader/entrance.short (server/entrance-script.test.ts).
;(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript)
  // Of the document, so that a button that is put in later works too.
  document.addEventListener('click', (event) => {
    /** @type {HTMLElement | null} */
    const at = /** @type {Element} */ (event.target).closest('[data-venster]')
    // A page may have loaded this script twice.
    if (!at || document.querySelector('[data-opened]')) return
    event.preventDefault()
    const page = document.documentElement.style
    const { overflow } = page
    const { venster } = at.dataset
    const dialog = document.createElement('dialog')
    const frame = document.createElement('iframe')
    frame.src = new URL(`${venster && `/${venster}`}/venster`, src).href
    frame.title = dialog.ariaLabel = dialog.dataset.opened = 'Info'
    frame.referrerPolicy = 'no-referrer'
    // Before the page is there its process has no focus to take; a browser would lose it.
    frame.onload = () => frame.contentWindow?.focus()
    // Escape closes a dialog. The first is for browsers that ask only once before they do so, the second for those that do not know it.
    dialog.setAttribute('closedby', 'none')
    dialog.oncancel = () => false
    for (const { style } of [dialog, frame])
      style.cssText = 'all:initial;position:fixed;inset:0;width:100%;height:100%;z-index:2147483647;background:Canvas'
    addEventListener('message', function close({ source, data }) {
      if (source !== frame.contentWindow || data !== 'close') return
      removeEventListener('message', close)
      dialog.remove()
      page.overflow = overflow
      at.focus()
    })
    // The page behind is inert below a modal dialog, but the wheel would scroll it.
    page.overflow = 'hidden'
    dialog.append(frame)
    document.body.append(dialog)
    dialog.showModal?.()
  })
})()
