import { constants } from 'node:zlib'

/**
 * The file, in the folder of the build, that lists the reading pages for the server.
 */
export const READING_PAGES = 'reading-pages.json'

/** What the name of a page's file ends with in its compressed form (Brotli, RFC 7932), which is the one that a server keeps in memory. */
export const COMPRESSED = '.br'

/** The binary logarithm of how far back a page refers to itself: all of it, and no more memory than that for whoever reads it. */
const WINDOW = 17

/**
 * How a page is compressed, by the build and by a server that makes a page while a reader waits.
 * @param {number} quality of Brotli, 0 to 11 @returns {import('node:zlib').BrotliOptions}
 */
export function brotliOptions(quality) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW,
    },
  }
}

/** The file, in the folder of the build, that lists what is sent as it is: robots.txt, contact files, pictures, the archive. */
export const BUILT_FILES = 'built-files.json'

/**
 * One file of the build that is sent as it is: the internal path that the rule of the two sites (route.ts) gives, its file
 * (relative to the folder of the build), and its headers.
 * @typedef {{ pathname: string, file: string, headers: Record<string, string> }} BuiltFileEntry
 */

/**
 * One reading page of the build: the internal path it is shown for, its file (relative to the folder of the build; the compressed
 * form stands beside it), the
 * status of the answer, its Content Security Policy, and how visitors are counted by what it tells (VISITOR_COUNTS).
 * @typedef {{ pathname: string, file: string, status: number, policy: string, counts: string }} ReadingPageFile
 */
