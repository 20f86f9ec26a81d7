import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { SHARE_KINDS } from '#sharing/share-link.ts'
import { content } from '../content/content.ts'
import { LANGUAGES } from '../content/read.ts'
import { csvOf } from '../spreadsheet.ts'
import { shareTargets } from '../route.ts'
import { LINK_LIMITS, nameOfTarget, readLink, readTable, type TypedLink } from './links.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const TODAY = parseDay('2027-04-05')
const TYPED: TypedLink = {
  target: 'help/reis',
  language: 'tr',
  kind: 'discreet',
  community: ' Moskee   Noord ',
  readers: '1.500',
  lastDay: '2027-12-31',
}
const READ = {
  target: { site: 'help', label: 'travel' },
  language: 'tr',
  kind: 'discreet',
  community: 'Moskee Noord',
  readers: 1500,
  lastDay: '2027-12-31',
}
const HEAD = 'pagina,taal,soort,groep,lezers,tot en met'

const read = (changes: Partial<TypedLink>, language: 'nl' | 'en' = 'nl') =>
  readLink(content(), { ...TYPED, ...changes }, TODAY, language)
const linksIn = (table: string) => readTable(content(), table, TODAY, 'nl')

describe('a link as it was typed', () => {
  it('is read with what people write around it', () => {
    expect(read({})).toEqual({ link: READ, problems: [] })
    expect(
      read({ target: '/Help/Reis/', language: 'TR', kind: 'Onopvallend', readers: '1 500', lastDay: '31-12-2027' })
        .link,
    ).toEqual(READ)
    expect(read({ target: 'diary' }).link?.target).toEqual({ site: 'diary', label: 'front' })
    expect(read({ target: 'diary/32' }).link?.target).toEqual({ site: 'diary', label: 'entry-32' })
  })

  it('is refused with everything that is wrong, and nothing more', () => {
    const wrong = {
      target: 'help/4',
      language: 'xx',
      kind: 'geheim',
      community: ' ',
      readers: 'veel',
      lastDay: '2027-02-30',
    }
    expect(read(wrong)).toEqual({
      problems: [
        { field: 'target', rule: 'no-target' },
        { field: 'language', rule: 'no-choice' },
        { field: 'kind', rule: 'no-choice' },
        { field: 'community', rule: 'no-community' },
        { field: 'readers', rule: 'no-number' },
        { field: 'lastDay', rule: 'no-day' },
      ],
    })
  })

  it.each([
    [{ lastDay: '2027-04-04' }, 'past'],
    [{ lastDay: '2037-04-04' }, 'too-late'],
    [{ community: 'x'.repeat(LINK_LIMITS.community + 1) }, 'long-community'],
    [{ readers: '0' }, 'no-number'],
    [{ readers: '-5' }, 'no-number'],
    [{ readers: '99999999' }, 'no-number'],
    // The pages on one's own safety are nobody's to count.
    [{ target: 'help/deze-site' }, 'no-target'],
  ])('%o breaks the rule %s', (changes, rule) => {
    expect(read(changes).problems.map((problem) => problem.rule)).toEqual([rule])
  })

  it.each([
    ['nl', '200', 200],
    ['nl', '1.500', 1500],
    ['nl', '1 500', 1500],
    ['nl', '1\u00a0500.000', undefined],
    ['nl', '100.00', undefined],
    ['nl', '1.5', undefined],
    ['nl', '1.5000', undefined],
    ['nl', '1500.000', undefined],
    ['nl', '1,500', undefined],
    ['nl', '100,0', undefined],
    ['nl', '1e3', undefined],
    ['en', '1,500', 1500],
    ['en', '1,500,000', 1_500_000],
    ['en', '1.500', undefined],
    ['en', '100.00', undefined],
  ] as const)('has in %s for %j readers: %s', (language, readers, expected) => {
    const made = read({ readers }, language)
    expect([made.link?.readers, made.problems.map(({ rule }) => rule)]).toEqual([
      expected,
      expected === undefined ? ['no-number'] : [],
    ])
  })

  it('has no name that lost a letter on the way', () => {
    expect(read({ community: 'Caf\ufffd' }).problems).toEqual([{ field: 'community', rule: 'lost-letters' }])
  })

  it('ends today at the earliest', () => {
    expect(read({ lastDay: TODAY }).link?.lastDay).toBe(TODAY)
  })
})

describe('a table of links', () => {
  it.each([
    ['commas', `${HEAD}\nhelp/reis,tr,discreet,Moskee Noord,1500,2027-12-31`],
    [
      'semicolons, as a Dutch spreadsheet writes them',
      `${HEAD}\r\nhelp/reis,tr,discreet,Moskee Noord,1500,2027-12-31\r\n`.replaceAll(',', ';'),
    ],
    [
      'tabs, as a spreadsheet copies them',
      `${HEAD}\nhelp/reis,tr,discreet,Moskee Noord,1500,2027-12-31`.replaceAll(',', '\t'),
    ],
    [
      'a mark of its encoding and empty lines',
      `\ufeff${HEAD}\n\nhelp/reis,tr,discreet,Moskee Noord,1500,2027-12-31\n,,,,,\n`,
    ],
    [
      'English names in another order',
      'group,page,language,kind,until,readers\nMoskee Noord,help/reis,tr,discreet,2027-12-31,1500',
    ],
  ])('is read with %s', (_, table) => {
    expect(linksIn(table)).toEqual({ links: [READ] })
  })

  it.each([
    ['an empty line before it', `${HEAD}\n\n\nhelp,nl,open,Noord,x,2027-12-31\n`, 4],
    [
      'a cell with a line break before it',
      `${HEAD}\nhelp,nl,open,"Zuid\nen Oost",20,2027-12-31\nhelp,nl,open,Noord,x,2027-12-31`,
      4,
    ],
    ['a line break in itself', `${HEAD}\r\nhelp,nl,open,"Zuid\r\nen Oost",x,2027-12-31\r\n`, 2],
    ['lines of Windows', `\ufeff\r\n${HEAD}\r\n\r\nhelp,nl,open,Noord,x,2027-12-31`, 4],
    ['lines of an old Mac', `${HEAD}\r\rhelp,nl,open,Noord,x,2027-12-31`, 3],
    ['tabs', `${HEAD}\n\nhelp,nl,open,Noord,x,2027-12-31`.replaceAll(',', '\t'), 3],
    [
      'tabs and a cell with a line break before it',
      `${HEAD}\nhelp,nl,open,"Zuid\nen Oost",20,2027-12-31\n\t\nhelp,nl,open,Noord,x,2027-12-31`.replaceAll(',', '\t'),
      5,
    ],
  ])('names the line of the file, with %s', (_, table, line) => {
    expect(linksIn(table)).toEqual({ problems: [{ line, field: 'readers', rule: 'no-number' }] })
  })

  it.each([
    [
      'a quote in a name',
      `${HEAD}\nhelp,nl,open,Noord,20,2027-12-31\n\nhelp,nl,open,Stichting "De Brug",20,2027-12-31`,
      4,
    ],
    [
      'a quote that never closes',
      `${HEAD}\nhelp,nl,open,Noord,20,2027-12-31\nhelp,nl,open,"Zuid,20,2027-12-31\nhelp,nl,open,Oost,20,2027-12-31`,
      3,
    ],
  ])('that cannot be read for %s names the line', (_, table, line) => {
    expect(linksIn(table)).toEqual({ problems: [{ line, rule: 'unreadable' }] })
  })

  it.each([
    ['Stichting "De Brug"', 'Stichting "De Brug"'],
    ['"De Brug" moskee', '"De Brug" moskee'],
    ['"De Brug"', '"De Brug"'],
    ['5" scherm', '5" scherm'],
    ['"', '"'],
    // What a spreadsheet quotes because it has to.
    ['"Zuid\nen ""Oost"""', 'Zuid en "Oost"'],
    ['"Zuid, Oost"', 'Zuid, Oost'],
    ['"Stichting ""De Brug"""', 'Stichting "De Brug"'],
  ])('from a spreadsheet with the cell %j is of the group %j', (cell, community) => {
    const table = `${HEAD}\nhelp,nl,open,CELL,20,2027-12-31\nhelp,nl,open,Na,20,2027-12-31`
      .replaceAll(',', '\t')
      .replace('CELL', () => cell)
    const { links } = linksIn(table) as { links?: { community: string }[] }
    expect(links?.map((link) => link.community)).toEqual([community, 'Na'])
  })

  it('tells everything that is wrong, by its line, and then makes nothing', () => {
    expect(
      linksIn(
        `${HEAD}\nhelp/reis,tr,discreet,Noord,150,2027-12-31\nhelp/nergens,tr,open,Zuid,150,2027-12-31\nhelp,nl,open,,x,2027-12-31`,
      ),
    ).toEqual({
      problems: [
        { line: 3, field: 'target', rule: 'no-target' },
        { line: 4, field: 'community', rule: 'no-community' },
        { line: 4, field: 'readers', rule: 'no-number' },
      ],
    })
  })

  it.each([
    ['', [{ rule: 'empty' }]],
    [HEAD, [{ rule: 'empty' }]],
    [`${HEAD}\n"help/reis,tr`, [{ rule: 'unreadable', line: 2 }]],
    ['pagina,taal,soort,groep,lezers\nhelp,nl,open,Noord,20', [{ rule: 'no-column', column: 'lastDay' }]],
    [`${HEAD}\n${'help,nl,open,Noord,20,2027-12-31\n'.repeat(LINK_LIMITS.lines + 1)}`, [{ rule: 'too-many' }]],
  ])('%j is refused', (table, problems) => {
    expect(linksIn(table)).toEqual({ problems })
  })

  it('is read again as it was, when it is written as we write tables', () => {
    const link = fc.record({
      target: fc.constantFrom(...shareTargets(content(), 'help'), ...shareTargets(content(), 'diary')),
      language: fc.constantFrom(...LANGUAGES),
      kind: fc.constantFrom(...SHARE_KINDS),
      community: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
        .map((name) => name.replace(/[\s\p{Cc}]+/gu, ' ').trim())
        .filter(
          (name) =>
            name !== '' &&
            csvOf([[name]])
              .trim()
              .replace(/^"|"$/g, '')
              .replaceAll('""', '"') === name,
        ),
      readers: fc.integer({ min: 1, max: LINK_LIMITS.readers }),
      lastDay: fc.integer({ min: 0, max: LINK_LIMITS.days }).map((days) => addDays(TODAY, days)),
    })
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 4 }), (links) => {
        const rows = links.map(({ target, language, kind, community, readers, lastDay }) => [
          nameOfTarget(content(), target),
          language,
          kind,
          community,
          readers,
          lastDay,
        ])
        expect(linksIn(csvOf([HEAD.split(','), ...rows]))).toEqual({ links })
      }),
    )
  })

  it('takes no longer than its length is worth, whatever is in it', () => {
    // Processor time of this process, which no other process makes longer.
    const begun = process.cpuUsage()
    for (const piece of ['/', '"', '""', ',', '\n', ' ', '1.']) {
      const long = piece.repeat(50_000 / piece.length)
      for (const table of [
        long,
        `${HEAD}\nhelp/x${long}x,nl,open,a${long}b,1${long},1-${long}`,
        `${HEAD}\n"help/x${long.replaceAll('"', '""')}x",nl,open,"a",1,1`,
      ])
        linksIn(table)
    }
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000)
  })

  it('gives a group a name that every database keeps', () => {
    expect(read({ community: 'a\0b\u001b[31m\u0085 c' }).link?.community).toBe('a b [31m c')
  })

  it('never fails, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: anyUnit })),
        fc.array(fc.array(fc.string(), { maxLength: 8 }), { maxLength: 5 }),
        (text, cells) => {
          for (const table of [
            text,
            `${HEAD}\n${text}`,
            `${HEAD}\n${cells.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')}`,
          ]) {
            const { links, problems } = linksIn(table) as {
              links?: unknown[]
              problems?: unknown[]
            }
            expect((links ?? problems)?.length).toBeGreaterThan(0)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

it('the name of every target leads back to it', () => {
  for (const target of [
    read({}).link?.target,
    read({ target: 'diary/7' }).link?.target,
    read({ target: 'help' }).link?.target,
  ]) {
    if (!target) throw new Error('no target')
    expect(read({ target: nameOfTarget(content(), target) }).link?.target).toEqual(target)
  }
})
