import { fileURLToPath } from 'node:url'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Every page is no-store, so a validator would only make the browser ask again about a page it must not keep.
  generateEtags: false,
  reactStrictMode: true,
  // Types are checked by `npm run types`, with the compiler of TypeScript 7 (docs/decisions/0005).
  typescript: { ignoreBuildErrors: true },
  // Programs of this machine, and libraries that bring their own copy of what they find.
  serverExternalPackages: [
    'libsql',
    'pg',
    'kysely',
    'better-auth',
    '@better-auth/kysely-adapter',
    '@resvg/resvg-js',
    'linkedom',
    'pdfkit',
  ],
  experimental: { inlineCss: true, globalNotFound: true, authInterrupts: true },
}

/**
 * The adapter works after a build, with tools that are not there where the site runs; Next would load it at every start.
 * @param {string} phase @returns {import('next').NextConfig}
 */
export default function configFor(phase) {
  if (phase !== PHASE_PRODUCTION_BUILD) return config
  return { ...config, adapterPath: fileURLToPath(new URL('./adapter/adapter.js', import.meta.url)) }
}
