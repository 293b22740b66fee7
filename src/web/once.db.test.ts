import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { once } from './once.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const account = randomUUID()

test('a form sent twice at once is filed once, and both are shown the same', async () => {
  const form = { once: randomUUID() }
  let filed = 0
  const send = () =>
    db.app.transaction().execute((trx) =>
      once(trx, form, account, async () => {
        filed += 1
        await new Promise((resolve) => setTimeout(resolve, 50))
        return `/notes/${filed}`
      }),
    )
  expect(await Promise.all([send(), send(), send()])).toEqual(['/notes/1', '/notes/1', '/notes/1'])
  expect(await send()).toBe('/notes/1')
  expect(filed).toBe(1)
})

test('a form whose filing failed can be sent again', async () => {
  const form = { once: randomUUID() }
  const send = (work: () => Promise<string>) =>
    db.app.transaction().execute((trx) => once(trx, form, account, work))
  await expect(
    send(async () => {
      throw new Error('the line broke')
    }),
  ).rejects.toThrow('the line broke')
  expect(await send(async () => '/notes/2')).toBe('/notes/2')
})

test('another account learns nothing from a key it guessed', async () => {
  const form = { once: randomUUID() }
  await db.app.transaction().execute((trx) => once(trx, form, account, async () => '/children/secret'))
  const other = await db.app
    .transaction()
    .execute((trx) => once(trx, form, randomUUID(), async () => '/never'))
  expect(other).toBe('/')
})
