/** The browser of the measurements. The only place in bench/ that reads the environment: CHROMIUM names another one. */
export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Chromium's sandbox does not start for the superuser, which is who runs in most containers. */
const ROOT_FLAGS = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** What Lighthouse's launcher does not set itself; the last lets the browser reach nothing but this machine. */
export const browserFlags = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
  ...ROOT_FLAGS,
]
