import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { content } from './content.ts'
import { contentReview } from './review.ts'

const review = contentReview(content())

test('the list for the person who checks the content is up to date', () => {
  expect(readFileSync('docs/content-review.md', 'utf8'), 'run `npm run content:review`').toBe(review)
})

test('the list names every helpline and every fact that is shown with its check date', () => {
  for (const { display } of content().helplines) expect(review).toContain(display)
  const facts = content()
    .languages.nl.pages.flatMap(({ facts }) => facts)
    .filter(({ confidence }) => confidence !== 'high')
  expect(facts.length).toBeGreaterThan(0)
  for (const { says } of facts) expect(review).toContain(says)
})
