import { expect, type Page } from '@playwright/test'

/**
 * Does what closes the window on the page of a library, and waits until it is gone. Its frame goes away within the very tap or
 * press, and then a busy browser may never say that the tap was done; so what counts is that the window is gone.
 */
export async function closeWindow(page: Page, tap: () => Promise<void>): Promise<void> {
  void tap().catch(() => {})
  await expect(page.locator('iframe')).toHaveCount(0)
}
