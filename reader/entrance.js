// Opens a window of help (docs/entrance.md). Chromium keeps longer scripts on disk.
;(() => {
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return

  /** @param {string | null} language */
  const open = (language) => {
    const frame = document.createElement('iframe')
    frame.src = new URL(`${language ? `/${language}` : ''}/venster`, script.src).href
    frame.title = 'Info'
    frame.referrerPolicy = 'no-referrer'
    frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0;z-index:2147483647;background:Canvas'
    addEventListener('message', function close({ source, data }) {
      if (source !== frame.contentWindow || data !== 'close') return
      removeEventListener('message', close)
      frame.remove()
    })
    document.body.append(frame)
    frame.focus()
  }

  for (const at of document.querySelectorAll('[data-venster]'))
    at.addEventListener('click', () => open(at.getAttribute('data-venster')))
})()
