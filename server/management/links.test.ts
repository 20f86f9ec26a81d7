import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { SHARE_KINDS } from '#sharing/share-link.ts'
import { content } from '../content/content.ts'
import { LANGUAGES } from '../content/read.ts'
import { csvOf } from '../counts/csv.ts'
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

const read = (changes: Partial<TypedLink>) => readLink(content(), { ...TYPED, ...changes }, TODAY)

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
    expect(readTable(content(), table, TODAY)).toEqual({ links: [READ] })
  })

  it('tells everything that is wrong, by its line, and then makes nothing', () => {
    expect(
      readTable(
        content(),
        `${HEAD}\nhelp/reis,tr,discreet,Noord,150,2027-12-31\nhelp/nergens,tr,open,Zuid,150,2027-12-31\nhelp,nl,open,,x,2027-12-31`,
        TODAY,
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
    [`${HEAD}\n"help/reis,tr`, [{ rule: 'unreadable' }]],
    ['pagina,taal,soort,groep,lezers\nhelp,nl,open,Noord,20', [{ rule: 'no-column', column: 'lastDay' }]],
    [`${HEAD}\n${'help,nl,open,Noord,20,2027-12-31\n'.repeat(LINK_LIMITS.lines + 1)}`, [{ rule: 'too-many' }]],
  ])('%j is refused', (table, problems) => {
    expect(readTable(content(), table, TODAY)).toEqual({ problems })
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
        expect(readTable(content(), csvOf([HEAD.split(','), ...rows]), TODAY)).toEqual({ links })
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
        readTable(content(), table, TODAY)
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
            const { links, problems } = readTable(content(), table, TODAY) as {
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
