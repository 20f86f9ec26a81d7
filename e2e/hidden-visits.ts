/** What a measured browser says when it opens a page that was typed (server/hidden-visits.ts). */
export const CHROMIUM_OPENS = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Sec-CH-UA': '"Chromium";v="156", "Not)A;Brand";v="8"',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
  'Accept-Language': 'nl-NL,nl;q=0.9',
} as const
