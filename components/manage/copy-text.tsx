'use client'

import { useId, useRef, useState, useSyncExternalStore } from 'react'

/** A text with its name, and the words of the button that copies it. */
export interface TextToCopy {
  readonly label: string
  readonly text: string
  readonly copy: string
  readonly copied: string
  readonly lang?: string
  readonly dir?: 'ltr' | 'rtl'
}

/** A text to copy. Without a script there is no button, and where the browser refuses the text is selected, to be copied by hand. */
export function CopyText({ label, text, copy, copied, lang, dir }: TextToCopy) {
  const [done, setDone] = useState(false)
  const scripted = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const put = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setDone(true)
    } catch {
      field.current?.select()
    }
  }
  return (
    <div className="mt-4 grid gap-2">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      <textarea ref={field} id={id} readOnly rows={3} value={text} lang={lang} dir={dir} />
      <p className="flex flex-wrap items-center gap-4">
        <button
          type="button"
          className={scripted ? 'button quiet' : 'button quiet invisible'}
          onClick={() => void put()}
        >
          {copy}
        </button>
        <span role="status">{done ? copied : ''}</span>
      </p>
    </div>
  )
}

/** Whether scripts run does not change while a page is shown. */
function neverChanges(): () => void {
  return () => {}
}
