import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { aChild, anEpisodeOfNeed } from '../testing/factories.ts'
import { keepCards } from './keep-cards.ts'

test('a card that the day has made wrong is right again in the morning', async () => {
  const db = await testDatabase()
  try {
    const child = await aChild(db.owner)
    await anEpisodeOfNeed(db.owner, child)
    // As if the case had been closed with a date that has come.
    await sql`alter table record.referral disable trigger user`.execute(db.owner)
    await sql`update record.referral set close_date = current_date`.execute(db.owner)
    await sql`alter table record.referral enable trigger user`.execute(db.owner)
    const badges = async () =>
      (
        await sql<{
          badges: string[]
        }>`select badges from record.index_card where person_id = ${child}`.execute(db.owner)
      ).rows[0]!.badges
    expect(await badges()).toEqual(['child-in-need'])
    const log = { info: () => undefined, error: () => undefined }
    await keepCards.run(undefined, { db: db.jobs, read: db.jobs, log, signal: undefined })
    expect(await badges()).toEqual([])
  } finally {
    await db.close()
  }
})
