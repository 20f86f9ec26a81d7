'use client'

import { useId, useState } from 'react'

/** A text with its name, and the words of the button that copies it. */
export interface TextToCopy {
  readonly label: string
  readonly text: string
  readonly copy: string
  readonly copied: string
  readonly lang?: string
  readonly dir?: 'ltr' | 'rtl'
}

/** A text to copy. It can be selected by hand where there is no clipboard. */
export function CopyText({ label, text, copy, copied, lang, dir }: TextToCopy) {
  const [done, setDone] = useState(false)
  const id = useId()
  return (
    <div className="mt-4 grid gap-2">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      <textarea id={id} readOnly rows={3} value={text} lang={lang} dir={dir} />
      <p className="flex flex-wrap items-center gap-4">
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => setDone(true))
          }}
        >
          {copy}
        </button>
        <span role="status">{done ? copied : ''}</span>
      </p>
    </div>
  )
}
