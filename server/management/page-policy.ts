import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The hashes of the style sheets of a build, as a policy names them. The framework writes a sheet into the page as it stands in its
 * file, and loses the nonce on the way (React gives a nonce to scripts only).
 */
export function styleHashes(buildFolder: string): string[] {
  const folder = join(buildFolder, 'static')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .sort()
    .map(
      (file) =>
        `'sha256-${createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('base64')}'`,
    )
}

/**
 * The policy of a page of the management: scripts with the nonce of this request, the style sheets of the build, and nothing of
 * another site (Content Security Policy Level 3).
 */
export function pagePolicy(nonce: string, styles: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' ${styles.join(' ')}`.trim(),
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
