import { headers } from 'next/headers'

/** The address of a path on the host that was asked: what a manager copies to send on. */
export async function addressHere(path: string): Promise<string> {
  const asked = await headers()
  return new URL(path, asked.get('origin') ?? `https://${asked.get('host')}`).href
}
