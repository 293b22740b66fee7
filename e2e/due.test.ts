import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countWaiting } from '../src/casework/count-dues.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import {
  aChild,
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
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let child: string
const secrets: Record<string, string> = {}
const now = () => new Date('2026-11-25T09:30:00Z')

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db, { now }), areas })
  const team = await aTeam(db)
  const worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const manager = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  const administrator = await signedIn(db, { name: 'Ada Cole', roles: ['A-ADM'] })
  Object.assign(secrets, {
    worker: worker.secret,
    manager: manager.secret,
    administrator: administrator.secret,
  })
  const family = await aFamily(db.owner, { surname: 'Thwaite', children: 3 })
  child = family.children[0]!
  for (const one of family.children) await involve(db, one, { account: worker.account.id, team })
  const { referral } = await anEpisodeOfNeed(db.owner, child, { from: '2026-09-21' })
  await fact(db.owner, 'section_47', {
    person_id: child,
    referral_id: referral,
    s47_start_date: '2026-11-02',
  })
  await fact(db.owner, 'assessment', { person_id: family.children[1], assessment_start_date: '2026-09-28' })
  await aChildProtectionPlan(db.owner, family.children[1]!, { from: '2026-08-26' })
  await aPeriodOfCare(db.owner, family.children[2]!, [{ from: '2026-10-30' }])
  const other = await aChild(db.owner, { forename: 'Skye', surname: 'Wren' })
  await involve(db, other, { team })
  await fact(db.owner, 'missing_episode', {
    person_id: other,
    missing: 'M',
    mis_start: '2026-11-20',
    mis_start_at: '2026-11-20T21:00:00Z',
    mis_end: '2026-11-22',
    mis_end_at: '2026-11-22T07:15:00Z',
  })
  await fact(db.owner, 'contact', { person_id: other, contact_date: '2026-11-24', contact_source_code: '6' })
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function open(path: string, who: string, screen: Screen = 'desktop'): Promise<Page> {
  const { page } = await openWindow(browser, { baseURL: service.address, screen })
  await page.context().addCookies([{ name: 'session', value: secrets[who]!, url: service.address }])
  await page.goto(path)
  return page
}

test('a manager finds what is late, opens a child and reads how it was counted, by keyboard', async () => {
  const page = await open('/due', 'manager')
  await expectAccessible(page)
  await screenshot(page, 'due')
  const late = page.locator('tr.row--late')
  expect(await late.count()).toBeGreaterThan(1)
  await page
    .getByRole('link', { name: /Thwaite/ })
    .first()
    .press('Enter')
  await page.waitForURL(/\/children\/.+\/due/)
  const how = page.locator('summary', { hasText: 'How it was counted' }).first()
  await how.press('Enter')
  expect(await page.getByText('day it starts is day 0').first().isVisible()).toBe(true)
  await expectAccessible(page)
  await screenshot(page, 'child-due')
  await page
    .getByRole('link', { name: /Say why it is late/ })
    .first()
    .press('Enter')
  await page.waitForURL(/\/decide$/)
  await expectAccessible(page)
  await page.getByLabel('Why it is late').press('Space')
  await page.getByLabel('Why', { exact: true }).fill('Nobody was at home twice')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Late because: Nobody was at home twice').waitFor()
  await page.context().close()
})

test('the list is narrowed and sorted, and says so in its address', async () => {
  const page = await open('/due?of=team&which=all', 'manager')
  const all = await page.locator('tbody tr').count()
  await page.getByLabel('Show').selectOption('late')
  await page.waitForURL(/which=late/)
  expect(await page.locator('tbody tr').count()).toBeLessThan(all)
  await page.getByRole('link', { name: 'Child', exact: true }).click()
  await page.waitForURL(/sort=name/)
  expect(page.url()).toContain('which=late')
  await page.context().close()
})

test.each(['phone'] as const)('on a %s nothing scrolls sideways', async (screen) => {
  for (const [path, who] of [
    ['/due', 'worker'],
    [`/children/${child}/due`, 'worker'],
    ['/administration/clocks/ASM-01', 'administrator'],
    ['/administration/bank-holidays', 'administrator'],
  ] as const) {
    const page = await open(path, who, screen)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  }
})

test('an administrator makes a time shorter and adds a bank holiday', async () => {
  const page = await open('/administration/clocks', 'administrator')
  await expectAccessible(page)
  await screenshot(page, 'clocks')
  await page.getByRole('link', { name: 'ASM-01' }).click()
  await expectAccessible(page)
  await page.getByLabel('How many').fill('60')
  await page.getByLabel('Why, and who decided it').fill('Decided by the leadership team')
  await page.getByRole('button', { name: 'Set' }).click()
  expect(await page.getByText('allows 45 at most').first().isVisible()).toBe(true)
  await expectAccessible(page)
  await page.getByLabel('How many').fill('35')
  await page.getByRole('button', { name: 'Set' }).click()
  await page.getByText('35 working days').first().waitFor()
  await screenshot(page, 'clock')
  await page.goto('/administration/bank-holidays')
  await expectAccessible(page)
  await page.getByLabel('Day').fill('1/3/2027')
  await page.getByLabel('What it is called').fill('A day proclaimed')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByText('Mon 1 Mar 2027').waitFor()
  await screenshot(page, 'bank-holidays')
  await page.context().close()
})
