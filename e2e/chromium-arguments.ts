import { AS_ROOT } from './environment.ts'

/**
 * What Playwright sets and no reader has. What a reader's Back button does can be seen only with the cache of left pages
 * on, and a browser that knows it is driven keeps fewer things.
 */
export const UNLIKE_A_READER = ['--disable-back-forward-cache', '--enable-automation'] as const

/**
 * How Chromium is started. Of the names that are not of this machine only the given ones lead to it, and no other leads anywhere.
 * @param more rules for names that are at a port of their own
 */
export function chromiumArguments(namesOfThisMachine: readonly string[] = [], more: readonly string[] = []): string[] {
  const rules = [
    ...more,
    ...namesOfThisMachine.map((name) => `MAP ${name} 127.0.0.1`),
    'MAP * ~NOTFOUND',
    'EXCLUDE localhost',
    'EXCLUDE *.localhost',
    'EXCLUDE 127.0.0.1',
  ]
  return [
    ...(AS_ROOT ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Whatever a page or the browser asks for, nothing leaves this machine.
    `--host-resolver-rules=${rules.join(', ')}`,
  ]
}
