import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily, anEpisodeOfNeed } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import type { Session } from '../src/web/session.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let child: string
let worker: Session
let manager: Session
let colleague: Session

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  manager = await signedIn(db, { name: 'Ali Dunn', roles: ['A-TM'], teams: [team] })
  colleague = await signedIn(db, { name: 'Lee Marsh', roles: ['A-SW'], teams: [team] })
  child = (await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB', children: 1 })).children[0]!
  await anEpisodeOfNeed(db.owner, child, { from: '2026-05-06' })
  await involve(db, child, { account: worker.account.id })
  await involve(db, child, { account: colleague.account.id }, { kind: 'co-working' })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function window(session: Session, options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: session.secret, url: service.address }])
  return opened
}
type Window = Awaited<ReturnType<typeof window>>

async function looksRight({ page, complaints }: Window, screens: readonly Screen[] = ['phone']) {
  await page.waitForLoadState('load')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  if (screens.includes('phone')) {
    const before = page.viewportSize()!
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.setViewportSize(before)
  }
  expect(complaints).toEqual([])
}

test('a worker restricts a record, the manager makes it last and lets somebody in, and it ends', async () => {
  const one = await window(worker)
  const { page } = one
  await page.goto(`/children/${child}`)
  await page.click('nav >> text="Restriction"')
  await looksRight(one)
  await page.check('input[name=level][value="1"]')
  expect(await page.isVisible('input[name=sections]')).toBe(true)
  await page.check('input[name=level][value="2"]')
  await page.check('input[name=kind][value=threat]')
  await page.fill('textarea[name=words]', 'The father said what he would do')
  await page.locator('h1').scrollIntoViewIfNeeded()
  await screenshot(page, 'restrict')
  await page.click('button:has-text("Restrict the record")')
  await page.waitForSelector('text=unless somebody makes it last')
  await looksRight(one)
  await page.goto(`/children/${child}`)
  expect(await page.textContent('main')).toContain('The father said what he would do')
  await looksRight(one)
  await screenshot(page, 'restricted')

  const other = await window(colleague)
  await other.page.goto(`/children/${child}`)
  expect(await other.page.textContent('body')).not.toMatch(/Thwaite|father/)
  await other.context.close()

  const deciding = await window(manager)
  await deciding.page.goto('/restrictions')
  await looksRight(deciding)
  await screenshot(deciding.page, 'restrictions')
  await deciding.page.click('tbody a')
  await looksRight(deciding)
  await screenshot(deciding.page, 'restriction')
  await deciding.page.click('button:has-text("Make it last")')
  await deciding.page.waitForSelector('dt:has-text("Look at it again by")')
  await deciding.page.selectOption('select[name=reader]', { label: 'Lee Marsh' })
  await deciding.page.click('button:has-text("Let them in")')
  await deciding.page.waitForSelector('button:has-text("Take off")')
  expect(await deciding.page.textContent('table')).toContain('Lee Marsh')
  await deciding.page.fill('textarea[name=words]', 'He is bound over and has moved far away')
  await deciding.page.click('button:has-text("End the restriction")')
  await deciding.page.waitForURL('**/restrictions')
  expect(await deciding.page.textContent('main')).toContain('Nothing to decide')
  await deciding.context.close()
  await one.context.close()
})

test('without scripts, what is missing is said at the field', async () => {
  const { page, context } = await window(worker, { scripts: false })
  await page.goto(`/children/${child}/restriction`)
  await page.check('input[name=level][value="1"]')
  await page.click('button:has-text("Restrict the record")')
  expect(await page.textContent('.govuk-error-summary')).toContain('Choose why')
  await context.close()
})
