import { cookies, headers } from 'next/headers'
import { CLIENT_NETWORK_HEADER } from '#server/client-network.ts'
import { KNOWN_DAYS, type Place } from '#server/management/tries.ts'
import { MANAGEMENT } from '#server/route.ts'

/** Holds the secret of a device that signed in before (OWASP, "device cookies"). It lets nobody in; it only gives tries of its own. */
const DEVICE_COOKIE = '__Secure-beheer.device'

/** From where this request comes. */
export async function placeOfRequest(): Promise<Place> {
  return {
    network: (await headers()).get(CLIENT_NETWORK_HEADER) ?? '',
    device: (await cookies()).get(DEVICE_COOKIE)?.value,
  }
}

/** Lets the browser keep the secret by which it is known the next time. */
export async function keepDevice(secret: string): Promise<void> {
  ;(await cookies()).set(DEVICE_COOKIE, secret, {
    path: MANAGEMENT,
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: KNOWN_DAYS * 24 * 3600,
  })
}
