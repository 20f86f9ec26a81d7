/**
 * Numbers and days as a language writes them, English as in Europe (25 March), but always in the digits of the telephone, and by the calendar of
 * the Netherlands.
 */
export function localeOf(language: string): string {
  return new Intl.Locale(language === 'en' ? 'en-GB' : language, {
    numberingSystem: 'latn',
    calendar: 'gregory',
  }).toString()
}

/** A calendar day in words, with the year: 23 november 2026. */
export function formatDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** A calendar day in words, without the year: 25 maart. */
export function formatDayOfYear(day: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** When a source was written, as far as it says so: a year, a month or a day in words; `undated` for one without a date. */
export function formatSourceDate(sourceDate: string, language: string, undated: string): string {
  if (sourceDate.startsWith('undated')) return undated
  const parts = sourceDate.split('-').length
  if (parts === 1) return sourceDate
  const options: Intl.DateTimeFormatOptions = parts === 2 ? { year: 'numeric', month: 'long' } : { dateStyle: 'long' }
  return new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' }).format(
    new Date(`${sourceDate}${parts === 2 ? '-01' : ''}T00:00:00Z`),
  )
}

/** The host name of a web address, without "www."; other text stays as it is. */
export function hostOf(source: string): string {
  return URL.canParse(source) ? new URL(source).hostname.replace(/^www\./, '') : source
}
