import type { Page } from '@playwright/test'

/** Asks for a link for a group as a manager does. The first two answers are chosen by their labels, the others typed. */
export async function makeLink(
  page: Page,
  answers: { page: string; kind: string; community: string; readers: string },
): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByLabel('Welke pagina?') })
  await form.getByLabel('Welke pagina?').selectOption({ label: answers.page })
  await form.getByLabel('Welke soort?').selectOption({ label: answers.kind })
  await form.getByLabel('Voor wie of waar?').fill(answers.community)
  await form.getByLabel('Hoeveel lezers verwacht je?').fill(answers.readers)
  await form.getByRole('button', { name: 'Maak de link', exact: true }).click()
}
