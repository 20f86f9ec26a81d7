import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from './day.ts'
import { phaseOn } from './run.ts'
import { problemsOfRuns } from './run-rules.ts'
import { anyRuns, run, RUNS } from './runs-for-tests.ts'

describe('problemsOfRuns', () => {
  it('finds nothing wrong with the runs of 2014 and 2027', () => {
    expect(problemsOfRuns(RUNS)).toEqual([])
  })

  it('allows a run of one day, and runs that touch', () => {
    expect(
      problemsOfRuns([
        run('one', '2027-03-01', '2027-03-01'),
        run('two', '2027-03-02', '2027-03-31'),
        run('three', '2027-04-01', '2027-04-30'),
      ]),
    ).toEqual([])
  })

  it('allows runs on the same days on different sites', () => {
    expect(
      problemsOfRuns([
        run('help', '2027-03-01', '2027-03-31', { sites: ['help'] }),
        run('diary', '2027-03-15', '2027-04-15', { sites: ['diary'] }),
      ]),
    ).toEqual([])
  })

  it('reports a reversed run', () => {
    expect(problemsOfRuns([run('spring', '2027-04-25', '2027-03-25')])).toEqual([
      {
        run: 'spring',
        field: 'lastDay',
        problem: 'the run ends on 2027-03-25, before it begins on 2027-04-25',
        remedy: 'swap the two days or correct one of them',
      },
    ])
  })

  it('reports runs that share one day, on the sites that they share', () => {
    expect(
      problemsOfRuns([
        run('one', '2027-03-01', '2027-03-31'),
        run('two', '2027-03-31', '2027-04-30', { sites: ['diary'] }),
      ]),
    ).toEqual([
      {
        run: 'two',
        field: 'firstDay',
        problem: 'the run overlaps with "one" (2027-03-01 to 2027-03-31) on diary',
        remedy: 'move one of the two, or take the site out of one of them',
      },
    ])
  })

  it.each([
    ['one inside the other', '2027-03-10', '2027-03-20'],
    ['one around the other', '2027-02-01', '2027-04-30'],
    ['the same days', '2027-03-01', '2027-03-31'],
    ['one over the start of the other', '2027-02-01', '2027-03-01'],
  ])('reports overlap: %s', (_how, firstDay, lastDay) => {
    const problems = problemsOfRuns([run('one', '2027-03-01', '2027-03-31'), run('two', firstDay, lastDay)])
    expect(problems.map(({ run: id, field }) => [id, field])).toEqual([['two', 'firstDay']])
  })

  it('reports overlap exactly when there is a day on which both go on', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (one, other) => {
        const two = { ...other, id: 'two' }
        const shared = Array.from({ length: 61 }, (_, count) => addDays(one.firstDay, count)).some(
          (day) => phaseOn(one, day) === 'during' && phaseOn(two, day) === 'during',
        )
        expect(problemsOfRuns([one, two]).length).toBe(shared ? 1 : 0)
      }),
    )
  })

  it('reports an id that is used twice', () => {
    expect(
      problemsOfRuns([run('spring', '2027-03-01', '2027-03-31'), run('spring', '2028-03-01', '2028-03-31')]),
    ).toEqual([
      {
        run: 'spring',
        field: 'id',
        problem: 'the id "spring" is used twice',
        remedy: 'give each run an id of its own',
      },
    ])
  })

  it('reports the id that is the name of the texts for any run', () => {
    expect(problemsOfRuns([run('planned', '2027-03-01', '2027-03-31')])).toEqual([
      {
        run: 'planned',
        field: 'id',
        problem: 'the id "planned" is the name of the texts that fit any run',
        remedy: 'choose another id',
      },
    ])
  })

  it('reports an announcement on the first day, and allows it the day before', () => {
    expect(problemsOfRuns([run('spring', '2027-03-25', '2027-04-25', { announcedFrom: '2027-03-24' })])).toEqual([])
    expect(problemsOfRuns([run('spring', '2027-03-25', '2027-04-25', { announcedFrom: '2027-03-25' })])).toEqual([
      {
        run: 'spring',
        field: 'announcedFrom',
        problem: 'the run is announced on 2027-03-25, not before its first day 2027-03-25',
        remedy: 'choose an earlier day or leave the field out',
      },
    ])
  })

  it('reports a memory that ends on the last day, and allows it the day after', () => {
    expect(problemsOfRuns([run('spring', '2027-03-25', '2027-04-25', { rememberedUntil: '2027-04-26' })])).toEqual([])
    expect(problemsOfRuns([run('spring', '2027-03-25', '2027-04-25', { rememberedUntil: '2027-04-25' })])).toEqual([
      {
        run: 'spring',
        field: 'rememberedUntil',
        problem: 'the run is remembered until 2027-04-25, not after its last day 2027-04-25',
        remedy: 'choose a later day or leave the field out',
      },
    ])
  })

  describe('an announcement while an earlier run goes on', () => {
    const spring = run('spring', '2027-03-25', '2027-04-25')
    const announcedOn = (announcedFrom: string) => run('june', '2027-06-01', '2027-06-30', { announcedFrom })
    const problem = {
      run: 'june',
      field: 'announcedFrom',
      problem: 'the run is announced on 2027-04-25, while "spring" runs until 2027-04-25',
      remedy: 'choose a day after 2027-04-25',
    }

    it('is reported, and allowed from the day after', () => {
      expect(problemsOfRuns([spring, announcedOn('2027-04-26')])).toEqual([])
      expect(problemsOfRuns([spring, announcedOn('2027-04-25')])).toEqual([problem])
    })

    it('is reported in whatever order the runs are listed', () => {
      expect(problemsOfRuns([announcedOn('2027-04-25'), spring])).toEqual([problem])
    })

    it('does not matter between different sites', () => {
      expect(
        problemsOfRuns([
          { ...spring, sites: ['help'] },
          { ...announcedOn('2027-04-25'), sites: ['diary'] },
        ]),
      ).toEqual([])
    })
  })
})
