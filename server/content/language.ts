import type { Language } from './read.ts'

/** How a language calls itself, and which way it is written. */
interface Description {
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
}

/** Each language as its readers know it. A language menu shows these names, never a flag: a flag is of a country. */
export const LANGUAGE_NAMES: Readonly<Record<Language, Description>> = {
  nl: { name: 'Nederlands', direction: 'ltr' },
  en: { name: 'English', direction: 'ltr' },
  tr: { name: 'Türkçe', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
}

/** Languages that readers asked for and nobody has translated yet: Somali, Tigrinya, Persian, Urdu (docs/content.md says how to add one). */
export const WANTED_LANGUAGES = ['so', 'ti', 'fa', 'ur'] as const
