import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mustOpenRecord } from '../src/access/opening.ts'
import { writing } from '../src/access/reading.ts'
import { countWaiting } from '../src/casework/count-dues.ts'
import { fileNotes } from '../src/casework/notes-store.ts'
import { labelOf } from '../src/codes/codes.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import {
  aChildProtectionPlan,
  aFamily,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
} from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let page: Page
let front: string
const now = () => new Date('2026-11-25T09:30:00Z')

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db, { now }), areas })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [await aTeam(db)] })
  const { children } = await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB', children: 2 })
  const child = children[0]!
  front = `${service.address}/children/${child}`
  for (const one of children) await involve(db, one, { account: session.account.id })
  const of = (table: string, row: Record<string, unknown>) =>
    fact(db.owner, table, { person_id: child, ...row })
  await anEpisodeOfNeed(db.owner, child, { from: '2021-03-02', closed: '2021-09-30' })
  const { referral } = await anEpisodeOfNeed(db.owner, child, { from: '2025-05-06' })
  await aChildProtectionPlan(db.owner, child, { referral, from: '2025-07-01', category: 'NEG' })
  await aPeriodOfCare(db.owner, child, [{ from: '2026-02-01', ls: 'C2', place: 'U6' }])
  await of('looked_after_review', { review: '2026-06-11', review_code: 'PN1' })
  await of('missing_episode', { missing: 'M', mis_start: '2026-06-02', mis_end: '2026-06-03' })
  await of('health_outcome', { collection_year: '2025-26', health_check: true, teeth_check: true })
  await of('hazard', { kind: 'animal', words: 'Large dog in the yard', from_day: '2026-01-05' })
  await of('person_identifier', { natural_key: 'upn', kind: 'upn', value: 'A999000000001' })
  await of('communication_need', {
    topic: 'interpreter',
    answer: 'known',
    words: 'Polish interpreter',
    asked_on: '2026-03-02',
    origin: 'parent',
  })
  await visit(session, child, '2026-11-19', false, 'We talked on the trampoline.')
  await visit(session, child, '2026-10-08', true, 'She was quiet.')
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
  const opened = await openWindow(browser, { baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: session.secret, url: service.address }])
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function visit(
  session: Awaited<ReturnType<typeof signedIn>>,
  child: string,
  day: string,
  alone: boolean,
  words: string,
): Promise<void> {
  await mustOpenRecord(db.app, session, child, { purpose: 'a test', action: 'write' })
  const paragraph = { about: undefined, childMayRead: true, parentMayRead: true, leftOut: false } as const
  await writing(db.app, session, (trx) =>
    fileNotes(trx, session.account.id, [
      {
        child,
        kind: 'visit',
        day,
        at: '16:10',
        place: 'home',
        placeWords: undefined,
        significant: false,
        significantWords: undefined,
        paragraphs: [{ ...paragraph, key: '', names: [], part: 'happened', origin: 'worker', words }],
        visit: { kind: 'looked-after', seen: true, alone, bedroom: false, because: undefined },
        present: [],
        presentWords: undefined,
      },
    ]),
  )
}

/** One click, on what bears these words; `type` types into a box, which is no click. */
type Step = string | { into: string; type: string }

/** What a worker asks, where it stands, and how it is reached from the record's front. */
const facts: readonly (readonly [asked: string, path: readonly Step[], stands: RegExp])[] = [
  ['date of birth', [], /born 3 Sep 2011/],
  ['who has parental responsibility', [], /Parental responsibility\s+Maeve Thwaite/],
  ['last seen', [], /Seen\s+6 days ago/],
  ['last seen alone', [], /Alone\s[^\n]*\s?8 Oct/],
  ['legal status', [], new RegExp(`Legal status\\s+${labelOf('legal_status', 'C2')}`)],
  ['plan category, and since when', [], /Child protection plan\s+Neglect\s+since 1 Jul 2025/],
  ['placement', [], new RegExp(labelOf('placement_type', 'U6').replace(/[()]/g, '\\$&'))],
  ['whether an interpreter is needed', [], /Interpreter\s+Polish interpreter/],
  ['hazards', [], /Large dog in the yard/],
  ['allocated worker', [], /Sam Okoro/],
  ['what is due next', [], /Due\n[\s\S]{0,300}Child protection visit[\s\S]{0,80}months late/],
  ['address', ['Names and addresses'], /FX1 2AB/],
  ['siblings', ['Family and network'], /(Brother|Sister)/],
  ['pupil number', ['Education'], /A999000000001/],
  ['last review', ['Care'], /Reviews[\s\S]*11 Jun 2026/],
  ['missing episodes', ['Care'], /Missing, or away without leave[\s\S]*2 Jun 2026/],
  ['health checks', ['Health'], /Health checks in the year[\s\S]*2025-26/],
  ['previous referrals', ['Periods of need'], /Referrals[\s\S]*2 Mar 2021/],
  [
    'notes about a word',
    ['Notes and visits', { into: 'Words in the note', type: 'trampoline' }, 'Show'],
    /We talked on the trampoline\.(?![\s\S]*She was quiet)/,
  ],
  ['how what is due was counted', ['Due', 'How it was counted'], /day it starts is day 0/],
]

test('there are twenty, each at most three clicks away', () => {
  expect(facts).toHaveLength(20)
  for (const [asked, path] of facts)
    expect(path.filter((step) => typeof step === 'string').length, asked).toBeLessThanOrEqual(3)
})

test.each(facts)('%s', async (_asked, path, stands) => {
  await page.goto(front)
  for (const step of path) {
    if (typeof step !== 'string') {
      await page.getByLabel(step.into).pressSequentially(step.type)
      continue
    }
    const wanted = page
      .locator('.side a, main a, main button, main summary')
      .filter({ hasText: step, visible: true })
    await wanted.first().click()
    await page.waitForLoadState()
  }
  // biome-ignore lint/performance/useDomNodeTextContent: what is folded away is not found
  expect(await page.innerText('body')).toMatch(stands)
})
