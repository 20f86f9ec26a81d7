import { describe, expect, it } from 'vitest'
import { namesIn, usedStyle } from './used-style.js'

const PAGE =
  '<html lang="nl"><body><main class="prose do"><h1 class="sm:p-6 [&amp;&gt;a]:mt-1">a</h1><ul><li>b</li></ul></main></body></html>'

async function kept(style: string): Promise<string> {
  return usedStyle(style, namesIn(PAGE))
}

describe('usedStyle', () => {
  it.each([
    ['a rule for a class of the page', '.do{color:red}'],
    ['a rule for an element of the page', 'main{color:red}'],
    ['a class with signs of its own', '.sm\\:p-6{padding:1px}'],
    ['a rule that leaves a class out which the page has not', '.prose ul:where(:not(.plain))>li{color:red}'],
    ['a state of the browser', ':focus-visible{outline:none}'],
    ['what the script shows when the reader leaves', '.cover>:not(#cover),.away>:not([data-curtain]){display:none}'],
    ['what the script shows of the guide', '.do:has(.prose[data-shown]){display:block}'],
    ['a link to another site', 'main[href^=https]:after{content:attr(href)}'],
    ['a rule within a condition', '@media (prefers-color-scheme:dark){.do{color:red}}'],
    ['properties of the root', ':root{--ink:#000}'],
  ])('keeps %s', async (_, style) => {
    expect(await kept(style)).toBe(style)
  })

  it.each([
    ['a rule for a class that no page has', '.poem{color:red}', ''],
    ['the part of a list that no page has', '.poem,.do{color:red}', '.do{color:red}'],
    ['a condition that nothing is left in', '@media print{.poem{color:red}}', ''],
  ])('leaves out %s', async (_, style, left) => {
    expect(await kept(style)).toBe(left)
  })
})
