import { constants, inflateRawSync } from 'node:zlib'
import type { ProfileFile } from './browser-profile.ts'

/** Where some words were found, and how they were written there. */
export interface WordsFound {
  readonly file: string
  readonly written: 'utf-8' | 'utf-16' | 'gzip'
  readonly words: readonly string[]
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08])

/**
 * Looks for words in every file and in every file name, whatever their capitals, as UTF-8 and UTF-16LE, and in every gzip
 * member. Bytes are compared, so a file of any kind can be searched.
 */
export function findOnDisk(files: readonly ProfileFile[], words: Iterable<string>): WordsFound[] {
  const list = [...words]
  const spellings = {
    'utf-8': list.map((word) => spell(word, 'utf8')),
    'utf-16': list.map((word) => spell(word, 'utf16le')),
  }
  const found: WordsFound[] = []
  for (const { name, path, bytes } of files) {
    const look = (written: WordsFound['written'], haystack: string, needles: readonly string[]) => {
      const there = list.filter((_, index) => haystack.includes(needles[index] as string))
      if (there.length > 0) found.push({ file: name, written, words: there })
    }
    const haystack = `${spell(path, 'utf8')}\n${fold(bytes)}`
    for (const written of ['utf-8', 'utf-16'] as const) look(written, haystack, spellings[written])
    for (const member of gzipMembersOf(bytes)) look('gzip', fold(member), spellings['utf-8'])
  }
  return found
}

/** The names of the files in a list of what was found, each once. */
export function filesWith(found: readonly WordsFound[]): string[] {
  return [...new Set(found.map(({ file }) => file))].sort()
}

// Without the checks of a whole file: a cache writes bytes of its own behind a member, and may have cut it off.
function gzipMembersOf(bytes: Buffer): Buffer[] {
  const members: Buffer[] = []
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
    try {
      members.push(inflateRawSync(bytes.subarray(endOfGzipHeader(bytes, at)), { finishFlush: constants.Z_SYNC_FLUSH }))
    } catch {
      // The three bytes stood there by chance.
    }
  }
  return members
}

// RFC 1952, 2.3: ten bytes, and then what the flags tell of.
function endOfGzipHeader(bytes: Buffer, start: number): number {
  const flags = bytes[start + 3] ?? 0
  let at = start + 10
  if (flags & 4) at += 2 + bytes.readUInt16LE(at)
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1
  return flags & 2 ? at + 2 : at
}

function spell(word: string, encoding: 'utf8' | 'utf16le'): string {
  return fold(Buffer.from(word, encoding))
}

// One character for each byte. It also changes the second byte of a letter with an accent, but in word and file alike.
function fold(bytes: Buffer): string {
  return bytes.toString('latin1').toLowerCase()
}
