import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../testing/database.ts'
let db: TestDatabase
beforeAll(async () => { db = await testDatabase() })
afterAll(() => db.close())
test('x', () => { expect(1).toBe(1) })
