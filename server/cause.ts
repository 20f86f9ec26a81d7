/**
 * Why something failed, without a full stop. The message of a driver may quote values or an address with a password; where it has a
 * code, that says enough.
 * @param answered what a code stands after, for example `The store answered`
 * @param failed what is said of a failure that tells nothing
 */
export function causeOf(error: unknown, answered: string, failed: string): string {
  if (!(error instanceof Error)) return failed
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${answered} ${code}` : error.message.replace(/\.$/, '')
}

/** Why the store failed. */
export function causeOfStore(error: unknown): string {
  return causeOf(error, 'The store answered', 'The store failed')
}
