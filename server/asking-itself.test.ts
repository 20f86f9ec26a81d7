import { expect, test } from 'vitest'
import { isAskingItself, OF_THE_FRAMEWORK } from './asking-itself.ts'

test('nothing can be asked of the address of the framework, and no name is looked up for it', async () => {
  const { hostname, port } = OF_THE_FRAMEWORK
  await expect(fetch(`http://${hostname}:${port}/beheer`)).rejects.toMatchObject({ cause: { message: 'bad port' } })
})

test.each([
  [['failed to get redirect response', new TypeError('fetch failed')], true],
  [[new TypeError('fetch failed')], false],
  [[], false],
])('%j is what the framework says of it: %s', (parts, said) => {
  expect(isAskingItself(parts)).toBe(said)
})
