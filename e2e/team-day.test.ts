import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mustOpenRecord } from '../src/access/opening.ts'
import { writing } from '../src/access/reading.ts'
import { countWaiting } from '../src/casework/count-dues.ts'
import { addManagementNote } from '../src/casework/management-note.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import {
  aChild,
  aChildProtectionPlan,
  aFamily,
  anEpisodeOfNeed,
  aPeriodOfCare,
} from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve, relate } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import type { Session } from '../src/web/session.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let team: string
let rowan: string
let sam: Session
let priya: Session
let greta: Session
let wendy: Session

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  team = await aTeam(db)
  await sql`update access.team set name = 'Family support east' where id = ${team}`.execute(db.owner)
  const west = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [team] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [west] })
  wendy = await signedIn(db, { name: 'Wendy Marsh', roles: ['A-EDT'] })
  const tom = await signedIn(db, { name: 'Tom Eccles', roles: ['A-SW'], teams: [west] })
  await sql`update access.team set name = 'Family support west' where id = ${west}`.execute(db.owner)
  const family = await aFamily(db.owner, { surname: 'Thwaite', children: 2 })
  rowan = family.children[0]!
  for (const one of family.children) {
    await involve(db, one, { account: sam.account.id, team })
    await anEpisodeOfNeed(db.owner, one, { from: '2026-01-05' })
  }
  await relate(db, rowan, family.children[1]!, 'sibling')
  await aChildProtectionPlan(db.owner, rowan, { from: '2025-05-26' })
  const tomsChild = await aChild(db.owner, { forename: 'Skye', surname: 'Wren' })
  await involve(db, tomsChild, { account: tom.account.id, team: west })
  await aPeriodOfCare(db.owner, tomsChild, [{ from: '2026-11-02' }])
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
  for (const child of family.children) {
    await mustOpenRecord(db.app, wendy, child, {
      purpose: 'emergency duty',
      action: 'write',
      reason: 'The police rang about shouting in the house',
    })
    await writing(db.app, wendy, (trx) =>
      addManagementNote(trx, wendy.account.id, child, {
        now: new Date(),
        words: 'Police found the children in bed; nobody was hurt',
      }),
    )
  }
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function open(path: string, who: Session): Promise<Page> {
  const { page } = await openWindow(browser, { baseURL: service.address, screen: 'desktop' })
  await page.context().addCookies([{ name: 'session', value: who.secret, url: service.address }])
  await page.goto(path)
  await page.waitForSelector('html.has-scripts')
  return page
}

/** A page as it is: for everybody, as a picture, and on a phone. */
async function look(page: Page, name: string) {
  await expectAccessible(page)
  await screenshot(page, name)
  const size = page.viewportSize()!
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
  await screenshot(page, `${name}-phone`)
  await page.setViewportSize(size)
}

test('a manager’s day: the team at a glance, supervision, the rota, and a transfer that another team accepts', async () => {
  const page = await open('/my-work', priya)
  await page.getByRole('link', { name: 'The team at a glance' }).first().click()
  await page.waitForURL('**/team')
  await look(page, 'team-at-a-glance')
  await page.getByRole('rowheader', { name: 'Sam Okoro' }).getByRole('link').click()
  await page.getByRole('link', { name: 'Supervise' }).click()
  await page.getByLabel('Decided for').first().fill('See each child alone before the review')
  await page.getByLabel('Why').first().fill('The last visits were with everybody in the kitchen')
  await page.getByLabel('How you are, and what weighs').fill('Tired; the hearing weighs')
  await page.locator('[data-draft-said]', { hasText: /saved/i }).waitFor()
  await look(page, 'supervision')
  await page.getByRole('button', { name: 'File and sign' }).click()
  await page.waitForURL(/\/supervision\/[0-9a-f-]{36}$/)
  expect(await page.textContent('main')).toContain('waits for Sam Okoro')

  await page.goto(`/rota/${team}`)
  const nextWeek = page.getByRole('link', { name: 'Week after' })
  await nextWeek.click()
  await page.waitForURL(/week=/)
  await page.getByRole('checkbox', { name: /Morning ?, Sam Okoro ?, Mon/ }).check()
  await page.getByRole('button', { name: 'Save the week' }).click()
  await page.getByText('The rota is saved').waitFor()
  await look(page, 'duty-rota')

  await page.goto(`/transfers/new?from=${sam.account.id}`)
  await page.getByLabel('Who takes them').selectOption({ label: 'Family support west: Tom Eccles' })
  await page
    .getByLabel('What the next worker has to know')
    .fill('They moved to the west of the city in October.')
  await look(page, 'hand-over')
  await page.getByRole('button', { name: 'Propose the transfer' }).click()
  await page.getByText('2 transfers wait').waitFor()
  await page.context().close()

  const other = await open('/for-you', greta)
  expect(await other.textContent('main')).toContain('asks your team to take on')
  await look(other, 'for-you')
  await other.getByRole('link', { name: 'Read the transfer' }).first().click()
  await look(other, 'transfer')
  await other.getByRole('button', { name: 'Accept' }).click()
  await other.getByText('Answered in the last month').waitFor()
  await other.context().close()
})

test('a hand-over: the day takes over what the night did, and tells the night what to know', async () => {
  const page = await open('/my-work', sam)
  await page
    .getByRole('link', { name: /What the night did/ })
    .first()
    .click()
  await page.waitForURL('**/out-of-hours')
  expect(await page.textContent('main')).toContain('Police found the children in bed')
  await look(page, 'out-of-hours')
  await page
    .getByRole('button', { name: /I take this over/ })
    .first()
    .click()
  await page.getByText(/lines are yours now/).waitFor()
  await page.goto(`/children/${rowan}/tonight`)
  await page
    .getByLabel('What the emergency duty team has to know')
    .fill('The visitor may come back: ask the police to look')
  await look(page, 'for-tonight')
  await page.getByRole('button', { name: 'Tell the night' }).click()
  await page.getByRole('button', { name: 'No longer' }).waitFor()
  await page.context().close()

  const night = await open('/tonight', wendy)
  expect(await night.textContent('main')).toContain('The visitor may come back')
  await look(night, 'tonight')
  await night.goto('/out-of-hours')
  expect(await night.textContent('main')).toContain('taken over by Sam Okoro')
  await night.context().close()
})
