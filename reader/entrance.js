// Opens a window of help on the page of a school, library or shop, without leaving that page: docs/entrance.md.
;(() => {
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return

  /** @param {string | null} language the language of the window; the main one where the button names none */
  const open = (language) => {
    const address = new URL(`${language ? `/${language}` : ''}/venster`, script.src)
    const frame = document.createElement('iframe')
    frame.src = address.href
    frame.title = 'Info'
    frame.referrerPolicy = 'no-referrer'
    frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0;z-index:2147483647;background:Canvas'
    /** @param {MessageEvent} event */
    const close = (event) => {
      if (event.source !== frame.contentWindow || event.data !== 'close') return
      removeEventListener('message', close)
      frame.remove()
    }
    addEventListener('message', close)
    document.body.append(frame)
    frame.focus()
  }

  for (const button of document.querySelectorAll('[data-venster]')) button.addEventListener('click', () => open(button.getAttribute('data-venster')))
})()
