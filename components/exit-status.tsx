import type { Translator } from './translator.ts'

/** Where a screen reader hears how often the key that leaves must still be pressed, and that it is over. Only the script writes here. */
export function ExitStatus({ t }: { t: Translator }) {
  return (
    <p
      role="status"
      className="sr-only"
      data-status=""
      data-press={t('exit.press', { count: '#' })}
      data-over={t('exit.over')}
    />
  )
}
