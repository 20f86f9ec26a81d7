/**
 * The file, in the folder of the build, that lists the reading pages for the server.
 */
export const READING_PAGES = 'reading-pages.json'

/**
 * One reading page of the build: the internal path it is shown for, its file (relative to the folder of the build), the
 * status of the answer and its Content Security Policy.
 * @typedef {{ pathname: string, file: string, status: number, policy: string }} ReadingPageFile
 */
