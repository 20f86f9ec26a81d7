/**
 * The file, in the folder of the build, that lists the reading pages for the server.
 */
export const READING_PAGES = 'reading-pages.json'

/**
 * One reading page of the build: the internal path it is shown for, its file (relative to the folder of the build), the
 * status of the answer, its Content Security Policy, and how visitors are counted by what it tells (VISITOR_COUNTS).
 * @typedef {{ pathname: string, file: string, status: number, policy: string, counts: string }} ReadingPageFile
 */
