import { memoryAdapter } from 'better-auth/adapters/memory'
import { expect, it } from 'vitest'
import { writingWholeDays } from './whole-days.ts'

const tables: Record<string, Record<string, unknown>[]> = { user: [], session: [], account: [], verification: [] }
const adapter = writingWholeDays(memoryAdapter(tables)({}), () => new Date('2027-05-05T15:16:17Z'))

it('dates what begins at the start of its day, and ends what lasts at the next midnight, in Amsterdam', async () => {
  const made = await adapter.create({
    model: 'session',
    data: {
      token: 'a',
      userId: 'b',
      createdAt: new Date('2027-03-28T09:12:13Z'),
      updatedAt: new Date('2027-03-27T23:30:00Z'),
      expiresAt: new Date('2027-03-28T09:22:13Z'),
    },
  })
  expect(made).toMatchObject({
    createdAt: new Date('2027-03-27T23:00:00Z'),
    updatedAt: new Date('2027-03-27T23:00:00Z'),
    expiresAt: new Date('2027-03-28T22:00:00Z'),
  })
  expect(tables.session).toHaveLength(1)
})

it('leaves a midnight as it is, and changes what is changed later too', async () => {
  await adapter.update({
    model: 'session',
    where: [{ field: 'token', value: 'a' }],
    update: { expiresAt: new Date('2027-03-29T22:00:00Z'), updatedAt: new Date('2027-03-29T12:00:00Z') },
  })
  expect(tables.session?.[0]).toMatchObject({
    expiresAt: new Date('2027-03-29T22:00:00Z'),
    updatedAt: new Date('2027-03-28T22:00:00Z'),
  })
  await adapter.updateMany({
    model: 'session',
    where: [],
    update: { expiresAt: new Date('2027-03-30T08:00:00Z') },
  })
  expect(tables.session?.[0]).toMatchObject({ expiresAt: new Date('2027-03-30T22:00:00Z') })
})

it('leaves no moment to the library, which would write it to the millisecond', async () => {
  await adapter.update({ model: 'session', where: [{ field: 'token', value: 'a' }], update: { userId: 'e' } })
  expect(tables.session?.[0]).toMatchObject({ userId: 'e', updatedAt: new Date('2027-05-04T22:00:00Z') })
})

it('lets half a sign-in end after its minutes, and not at midnight', async () => {
  const expiresAt = new Date('2027-03-28T09:22:13.456Z')
  const made = await adapter.create({ model: 'verification', data: { identifier: '2fa-a', value: 'b', expiresAt } })
  expect(made).toMatchObject({
    createdAt: new Date('2027-05-04T22:00:00Z'),
    expiresAt: new Date('2027-03-28T09:23:00Z'),
  })
})

it('does so inside a transaction', async () => {
  await adapter.transaction((inside) =>
    inside.create({
      model: 'session',
      data: { token: 'c', userId: 'd', expiresAt: new Date('2027-01-01T10:00:00Z') },
    }),
  )
  expect(tables.session?.[1]).toMatchObject({ expiresAt: new Date('2027-01-01T23:00:00Z') })
})
