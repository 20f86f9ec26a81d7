/**
 * What this process holds under a name. The server and every bundle of the framework have a copy of each file of their own, so
 * what one of them sets in a variable of its file the others do not see: a page from memory (start.ts) and one of the
 * framework (proxy.ts) were of other runs, or of another clock.
 */
export function ofProcess<Value>(name: string): { value?: Value | undefined } {
  const held = globalThis as unknown as Record<symbol, { value?: Value | undefined } | undefined>
  return (held[Symbol.for(`jouw-ja.${name}`)] ??= {})
}
