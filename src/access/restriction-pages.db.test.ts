import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'

let db: TestDatabase
let house: FastifyInstance
let team: string
let sessions: Record<'worker' | 'colleague' | 'manager' | 'stranger' | 'duty', Session>
let child: string

const visitor = (who: keyof typeof sessions) => new Visitor(house, sessions[who])

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people] })
  team = await aTeam(db)
  sessions = {
    worker: await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] }),
    colleague: await signedIn(db, { name: 'Lee Marsh', roles: ['A-SW'], teams: [team] }),
    manager: await signedIn(db, { name: 'Ali Dunn', roles: ['A-TM'], teams: [team] }),
    stranger: await signedIn(db, { name: 'Kit Voss', roles: ['A-TM'], teams: [await aTeam(db)] }),
    duty: await signedIn(db, { name: 'Jo Frey', roles: ['A-DUTY'] }),
  }
  child = await aChild(db.owner, { name: 'Ivo Thwaite' })
  await involve(db, child, { account: sessions.worker.account.id })
  await involve(db, child, { account: sessions.colleague.account.id }, { kind: 'co-working' })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const asked = { level: '2', kind: 'threat', words: 'The father said what he would do' }
const ask = (who: keyof typeof sessions, more: Record<string, string> = {}, person = child) =>
  visitor(who).post(`/children/${person}/restriction`, { ...asked, ...more })
const inForce = async () => {
  const { rows } = await sql<{ id: string; to_at: Date | null; review_on: string | null }>`
    select id, to_at, review_on::text from record.restriction where person_id = ${child} and (to_at is null or to_at > now())`.execute(
    db.owner,
  )
  return rows
}

describe('restricting a record, from asking to its end', () => {
  test('says what is missing, at the field', async () => {
    const { statusCode, body } = await ask('worker', { level: '1', words: '' })
    expect(statusCode).toBe(422)
    expect(mainWords(body)).toContain('Say in your own words why')
    const sections = await ask('worker', { level: '1' })
    expect(mainWords(sections.body)).toContain('Tick what is sensitive')
    expect(await inForce()).toEqual([])
  })

  test('a worker is offered what a worker may set, and refused the rest', async () => {
    const { body } = await visitor('worker').get(`/children/${child}/restriction`)
    expect(body).not.toContain('Not to be known')
    const refused = await ask('worker', { level: '4' })
    expect(refused.statusCode).toBe(422)
    expect(mainWords(refused.body)).toContain('for the child’s manager')
  })

  test('counts at once for a day; those who may know read who set it and why, and others nothing', async () => {
    expect((await ask('worker')).statusCode).toBe(303)
    expect((await inForce())[0]!.to_at).not.toBeNull()
    const record = mainWords((await visitor('worker').get(`/children/${child}`)).body)
    expect(record).toContain('Restricted: the whole record')
    expect(record).toContain('The father said what he would do')
    expect(record).toContain('Set by Sam Okoro')
    const others = await Promise.all(
      (['colleague', 'stranger', 'duty'] as const).flatMap((who) => [
        visitor(who).get(`/children/${child}`),
        visitor(who).get(`/children/${child}/restriction`),
      ]),
    )
    for (const { statusCode, body } of others) {
      expect([403, 404]).toContain(statusCode)
      expect(body).not.toMatch(/Thwaite|Okoro|father/)
    }
  })

  test('the manager is told, and finds it among those to decide; another team’s manager does not', async () => {
    const { id } = (await inForce())[0]!
    const told = await visitor('manager').get('/notices')
    expect(told.body).toContain(`href="/restrictions/${id}"`)
    expect((await visitor('manager').get('/restrictions')).body).toContain(`href="/restrictions/${id}"`)
    expect((await visitor('stranger').get('/restrictions')).body).not.toContain(id)
    expect((await visitor('stranger').get(`/restrictions/${id}`)).statusCode).toBe(404)
    expect((await visitor('worker').get('/restrictions')).statusCode).toBe(403)
  })

  test('is made to last by somebody else, for ninety days at most', async () => {
    const { id } = (await inForce())[0]!
    const manager = visitor('manager')
    const page = `/restrictions/${id}`
    const late = await manager.post(`${page}/confirm`, { review: '1/1/2030' }, { page })
    expect(late.statusCode).toBe(422)
    expect(mainWords(late.body)).toContain('within 90 days')
    const { body } = await manager.get(page)
    const review = /name="review"[^>]*value="([^"]+)"/.exec(body)![1]!
    expect((await manager.post(`${page}/confirm`, { review }, { page })).statusCode).toBe(303)
    expect(await inForce()).toMatchObject([{ to_at: null, review_on: expect.any(String) }])
  })

  test('the manager names who is let in, and takes them off', async () => {
    const { id } = (await inForce())[0]!
    const [manager, page] = [visitor('manager'), `/restrictions/${id}`]
    const sees = async () => (await visitor('colleague').get(`/children/${child}`)).statusCode
    expect((await manager.get(page)).body).not.toContain('Kit Voss')
    expect((await manager.get(`${page}?colleague=voss`)).body).toContain('Kit Voss')
    const reader = sessions.colleague.account.id
    // The worker’s co-worker works with the child, but does not answer for it.
    expect(await sees()).toBe(404)
    expect((await manager.post(`${page}/readers`, { reader }, { page })).statusCode).toBe(303)
    expect(await sees()).toBe(200)
    await manager.post(`${page}/readers/${reader}/take-off`, {}, { page })
    expect(await sees()).toBe(404)
  })

  test('ends with words, and is as every record is', async () => {
    const { id } = (await inForce())[0]!
    const [manager, page] = [visitor('manager'), `/restrictions/${id}`]
    const short = await manager.post(`${page}/lift`, { words: 'over' }, { page })
    expect(short.statusCode).toBe(422)
    const words = 'The court has bound him over and he has moved away'
    expect((await manager.post(`${page}/lift`, { words }, { page })).statusCode).toBe(303)
    expect(await inForce()).toEqual([])
    expect((await visitor('colleague').get(`/children/${child}`)).statusCode).toBe(200)
    expect(mainWords((await visitor('worker').get(`/children/${child}/restriction`)).body)).toContain(
      'Not restricted',
    )
  })

  test('a sensitive part closes to all but the worker and the manager, who read that it does', async () => {
    await ask('worker', { level: '1', sections: 'F28' })
    const page = mainWords((await visitor('colleague').get(`/children/${child}/restriction`)).body)
    expect(page).toContain('Sensitive parts')
    expect(page).toContain('wishes and words')
  })

  test('what one’s own summary does not open is asked of the managers, and restricts nothing yet', async () => {
    const other = await aChild(db.owner, { name: 'Una Thwaite' })
    await involve(db, other, { account: sessions.worker.account.id })
    const answer = await ask('duty', {}, other)
    expect(answer.headers.location).toBe(`/children/${other}/restriction?done=asked`)
    expect(mainWords((await visitor('duty').get(answer.headers.location as string)).body)).toContain(
      'managers have been told',
    )
    const { rows } = await sql`select from record.restriction where person_id = ${other}`.execute(db.owner)
    expect(rows).toEqual([])
  })
})
