import { expect, it } from 'vitest'
import { doubtAboutCounts } from './told-counts.ts'

it.each(['embedded', 'vercel', 'off'] as const)('has no doubt when a build tells what the server does: %s', (way) => {
  expect(doubtAboutCounts(way, way)).toBeUndefined()
})

it.each(['vercel', 'off'])('does not let a server count whose pages say otherwise (%s)', (told) => {
  expect(doubtAboutCounts(told, 'embedded')).toEqual({
    stop: true,
    sentence: `This build was made with VISITOR_COUNTS=${told} and tells its readers so; this server has VISITOR_COUNTS=embedded. It does not start: build again with VISITOR_COUNTS=embedded npm run build.`,
  })
})

it.each(['vercel', 'off'] as const)('only warns when less is counted than is told (%s)', (set) => {
  expect(doubtAboutCounts('embedded', set)?.stop).toBe(false)
})
