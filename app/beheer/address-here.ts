import { headers } from 'next/headers'
import { ownOrigin } from '#server/management/own-origin.ts'

/** The address of a path on the host that was asked: what a manager copies to send on. */
export async function addressHere(path: string): Promise<string> {
  const asked = await headers()
  return new URL(path, asked.get('origin') ?? ownOrigin(asked.get('host') ?? '')).href
}
