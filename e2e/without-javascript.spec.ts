import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { ask } from './ask.ts'
import { NEUTRAL_ADDRESS, NEUTRAL_HEADING, standInForNeutralAddress } from './neutral-address.ts'
import { addressOf, HOSTS } from './site.ts'

// What a reader gets on an old phone, or while the script does not run.
test.use({ javaScriptEnabled: false })

const { entries, guide, contactNames } = content().languages.nl

test('somebody abroad has a number to ring in two taps', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  await page.getByRole('main').getByRole('link', { name: 'Ik ben in het buitenland en kan niet terug' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Achtergebleven in het buitenland')
  const numbers = page.getByRole('main').locator('a[href^="tel:"]')
  await expect(numbers.first()).toHaveAttribute('href', 'tel:+31247247247')
  await expect(numbers.first()).toHaveAccessibleName('Bel +31 247 247 247')
  // The second tap: it is in sight, and nothing lies over it.
  await numbers.first().click({ trial: true })
})

test('the guide leads from the first question to a number, on every way through it', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  await page.getByRole('main').getByRole('link', { name: 'Wat past bij jou?' }).click()
  const ways = waysThroughTheGuide()
  expect(ways.length).toBeGreaterThanOrEqual(guide.results.length)
  expect(new Set(ways.map(({ result }) => result)).size).toBe(guide.results.length)

  for (const { answers, result } of ways) {
    await page.goto(addressOf('help', '/vragen'))
    for (const answer of answers) await page.getByRole('main').getByRole('link', { name: answer, exact: true }).click()
    const end = page.getByRole('region', { name: result })
    await expect(end, answers.join(' → ')).toBeVisible()
    expect(await end.locator('a[href^="tel:"]').count(), `numbers of ${result}`).toBeGreaterThan(0)
    // One thing at a time: no other question or result is in sight.
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }), answers.join(' → ')).toHaveCount(1)
  }
})

test('the guide goes back and begins again', async ({ page }) => {
  await page.goto(addressOf('help', '/vragen'))
  const main = page.getByRole('main')
  await main.getByRole('link', { name: 'Ik ben in Nederland en ik heb even tijd' }).click()
  await main.getByRole('link', { name: 'Er komt een reis en ik twijfel' }).click()
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('Wanneer ga je weg?')
  await main.getByRole('link', { name: 'Vorige vraag' }).click()
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('Waar gaat het over?')
  await main.getByRole('link', { name: 'Er komt een reis en ik twijfel' }).click()
  await main.getByRole('link', { name: 'Begin opnieuw' }).click()
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('Hoe is het nu?')
})

test('the diary reads from its first day to its last', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  await page.getByRole('link', { name: 'Naar het dagboek van Yarah' }).click()
  await expect(page).toHaveURL(addressOf('diary', '/'))
  await page.getByRole('link', { name: 'Begin bij dag 1' }).click()
  const titles: (string | null)[] = []
  for (let day = 1; day <= entries.length; day += 1) {
    await expect(page).toHaveURL(addressOf('diary', `/${day}`))
    titles.push(await page.getByRole('heading', { level: 1 }).textContent())
    await expect(page.getByRole('region', { name: 'Praten kan altijd' }).getByRole('link').first()).toBeVisible()
    if (day < entries.length) await page.getByRole('link', { name: 'Volgende dag' }).click()
  }
  expect(titles).toEqual(entries.map(({ title }) => title))
  expect(titles.length).toBe(32)
  await expect(page.getByText('Dit was de laatste bladzijde.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Volgende dag' })).toHaveCount(0)
})

test('a reader can pass over a hard day, and finds help on the day she comes to', async ({ page }) => {
  const hard = entries.find(({ note, day }) => note !== undefined && day < entries.length)
  expect(hard).toBeDefined()
  await page.goto(addressOf('diary', `/${hard?.day}`))
  await expect(page.getByText(hard?.note ?? 'no note')).toBeVisible()
  await page.getByRole('link', { name: 'Sla deze dag over' }).click()
  await expect(page).toHaveURL(addressOf('diary', `/${(hard?.day ?? 0) + 1}`))
  await expect(page.getByRole('region', { name: 'Praten kan altijd' })).toBeVisible()
})

for (const [language, path, width, height] of [
  ['nl', '/ver-weg', 360, 740],
  ['ar', '/ar/ver-weg', 320, 256],
] as const) {
  test(`the exit leaves for the neutral address, in ${language} on a screen of ${width} by ${height}`, async ({
    page,
  }) => {
    await standInForNeutralAddress(page)
    await page.setViewportSize({ width, height })
    await page.goto(addressOf('help', path))
    await page
      .getByRole('link', { name: translatorFor(language, content().languages[language].texts)('exit.label') })
      .click()
    await expect(page).toHaveURL(NEUTRAL_ADDRESS)
    await expect(page.getByRole('heading', { name: NEUTRAL_HEADING })).toBeVisible()
  })
}

for (const site of ['help', 'diary'] as const) {
  test(`the exit of the ${site} site answers with the neutral address, and has the browser write nothing down`, async () => {
    const { status, headers } = await ask(HOSTS[site], '/uit')
    expect(status).toBe(302)
    expect(headers.location).toBe(NEUTRAL_ADDRESS)
    for (const name of ['clear-site-data', 'cross-origin-opener-policy']) expect(headers).not.toHaveProperty(name)
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['referrer-policy']).toBe('no-referrer')
  })
}

test('the card to take away has two numbers, and not a word of what they are for', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  await page.getByRole('navigation', { name: 'Alle pagina’s' }).getByRole('link', { name: 'Om mee te nemen' }).click()
  const card = page.getByRole('figure', { name: 'Zo klein kan het zijn.' })
  await expect(card.locator('bdi')).toHaveText(['+31 247 247 247', '0800 2000'])
  expect((await card.innerText()).split('\n').filter((line) => line.trim() !== '')).toEqual([
    '+31 247 247 247',
    'vanuit elk land',
    '0800 2000',
    'in Nederland',
    'Zo klein kan het zijn.',
  ])

  // On paper there is no exit and no bar to betray it, and the card is still there.
  await page.emulateMedia({ media: 'print' })
  await expect(card).toBeVisible()
  await expect(page.getByRole('link', { name: 'Verlaat deze site' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Nummers' })).toBeHidden()
})

for (const { name } of contactNames.names) {
  test(`the contact file "${name}" holds the two numbers under that name`, async ({ page }) => {
    await page.goto(addressOf('help', '/kaartje'))
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: `Bewaar als “${name}”` }).click()
    const download = await downloading
    // The name of the file stays in the list of downloads, so it tells nothing either.
    expect(download.suggestedFilename()).toBe('contact.vcf')
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
    // RFC 2426: every line ends with CR LF, so nothing follows the last one.
    expect(lines).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      `N:${name};;;;`,
      `FN:${name}`,
      'TEL;TYPE=VOICE,PREF:+31247247247',
      'TEL;TYPE=VOICE:08002000',
      'END:VCARD',
      '',
    ])
  })
}

test('a wrong address offers a way on, and the numbers', async ({ page }) => {
  await page.goto(addressOf('diary', '/bestaat-niet'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deze pagina is er niet')
  await page.getByRole('main').getByRole('link', { name: 'Achtergebleven in het buitenland' }).click()
  await expect(page).toHaveURL(addressOf('help', '/ver-weg'))
})

// Every way from the first question to a result, as the answers that a reader chooses.
function waysThroughTheGuide(): { answers: string[]; result: string }[] {
  const from = (place: string, answers: string[]): { answers: string[]; result: string }[] => {
    const result = guide.results.find(({ id }) => id === place)
    if (result) return [{ answers, result: result.title }]
    const step = guide.steps.find(({ id }) => id === place)
    return (step?.answers ?? []).flatMap(({ text, to }) => from(to, [...answers, text]))
  }
  return from(guide.start, [])
}
