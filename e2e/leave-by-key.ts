import type { Page } from '@playwright/test'

/** The key that leaves, and how often it is pressed (reader/reader.ts). */
export const EXIT_KEY = 'Shift'
export const EXIT_PRESSES = 3

/** Leaves by the key, as a reader does: nothing was clicked or focused before. */
export async function leaveByKey(page: Page): Promise<void> {
  for (let press = 0; press < EXIT_PRESSES; press += 1) await page.keyboard.press(EXIT_KEY)
}
