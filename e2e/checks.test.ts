import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../src/database/queue.ts'
import { runImport } from '../src/importing/running.ts'
import { addRun } from '../src/importing/store.ts'
import { checkAll } from '../src/returns/checking/record-counts.ts'
import { tasks } from '../src/returns/checking/tasks.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen, screens } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

const samples = resolve(import.meta.dirname, '../samples')
const census = join(samples, 'cin-census/fellshire-2024-25.xml')
const ssda903 = join(samples, 'ssda903/fellshire-2024-25')

let db: TestDatabase
let browser: Browser
let service: Service
let secret: string
let folder: string
const before = process.env.CAIRN_DATA

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-checks-'))
  process.env.CAIRN_DATA = folder
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  await migrateQueue(db.urls.jobs)
  const run = await addRun(db.jobs, { source: 'cin-census', period: '', files: [census] })
  await runImport(db.jobs, run, [census])
  service = await startService({ ...housed(db, { now: () => new Date('2025-03-01T10:00:00Z') }), areas })
  secret = (await signedIn(db, { name: 'Pat Lowe', roles: ['A-PERF'] })).secret
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
  if (before === undefined) delete process.env.CAIRN_DATA
  else process.env.CAIRN_DATA = before
})

async function window(options: { screen?: Screen; scripts?: boolean } = {}, as = secret) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: as, url: service.address }])
  return opened
}

async function looksRight(page: Page, complaints: string[]): Promise<void> {
  // Scripts make what scrolls reachable by keyboard.
  await page.waitForLoadState('load')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  expect(complaints).toEqual([])
}

const log = { info: () => undefined, error: () => undefined }
const check = (page: Page) =>
  tasks[0]!.run(page.url().split('/').pop(), { db: db.jobs, read: db.jobs, log, signal: undefined })

const words = (page: Page) => page.textContent('main')

test('an analyst uploads a census, leaves, comes back, ticks off and takes the list', async () => {
  const { page, context, complaints } = await window()
  await page.goto('/checks')
  expect(await words(page)).toContain('No check stands here')
  await looksRight(page, complaints)
  await page.click('main >> text=Check files')
  await looksRight(page, complaints)
  await screenshot(page, 'check-begin')
  await page.check('input[value=cin-census]')
  await page.setInputFiles('input[name=files]', census)
  await page.click('button:has-text("Check")')
  await page.waitForSelector('.progress')
  expect(await words(page)).toContain('Waiting for its turn')
  await looksRight(page, complaints)
  const address = page.url()
  await check(page)
  // The page notices by itself.
  await page.waitForSelector('text=in 9 children')
  await looksRight(page, complaints)
  await screenshot(page, 'check-by-rule')
  await page.click('.tabs >> text=By child')
  await looksRight(page, complaints)
  await page.click('tbody th a')
  await looksRight(page, complaints)
  expect(await page.locator('mark').count()).toBeGreaterThan(0)
  await screenshot(page, 'check-child')
  await page.goto(`${address}?view=findings`)
  await looksRight(page, complaints)
  await screenshot(page, 'check-findings')
  // By keyboard alone.
  await page.locator('input[name=ticked]').first().focus()
  await page.keyboard.press('Space')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
  expect(await page.locator('input[name=ticked]:checked').count()).toBe(1)
  await page.click('.tabs >> text=Not run')
  await looksRight(page, complaints)
  await page.click('text=For each team')
  await looksRight(page, complaints)
  await page.click('text=Not in the record')
  await looksRight(page, complaints)
  await page.goto(address)
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download CSV')])
  expect(await readFile((await download.path())!, 'utf8')).toContain('Ticked off')
  await page.goto(address)
  await page.click('button:has-text("Dismiss")')
  expect(await words(page)).toContain('No check stands here')
  await context.close()
})

test('on a phone', async () => {
  const { page, context, complaints } = await window({ screen: 'phone' })
  await page.goto('/checks/new')
  await looksRight(page, complaints)
  await screenshot(page, 'check-begin', 'phone')
  await page.check('input[value=ssda903]')
  await page.setInputFiles(
    'input[name=files]',
    readdirSync(ssda903).map((name) => join(ssda903, name)),
  )
  await page.click('button:has-text("Check")')
  await page.waitForSelector('.progress')
  await looksRight(page, complaints)
  await check(page)
  await page.waitForSelector('text=By rule')
  await looksRight(page, complaints)
  await screenshot(page, 'check-by-rule', 'phone')
  await page.click('tbody th a')
  await looksRight(page, complaints)
  await screenshot(page, 'check-findings', 'phone')
  await page.click('tbody th a')
  await looksRight(page, complaints)
  await screenshot(page, 'check-child', 'phone')
  await page.goto('/checks')
  await looksRight(page, complaints)
  await context.close()
})

test('without scripts the page loads again while the files are checked', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto('/checks/new')
  await page.check('input[value=cin-census]')
  await page.setInputFiles('input[name=files]', census)
  await page.click('button:has-text("Check")')
  expect(await page.locator('noscript meta[http-equiv=refresh]').count()).toBe(1)
  await check(page)
  await page.reload()
  expect(await words(page)).toContain('in 9 children')
  await context.close()
})

test('a social worker sees on the record what the returns would say', async () => {
  const worker = await signedIn(db, { name: 'Ade Worker', roles: ['A-SW'] })
  const { rows } = await sql<{ person: string }>`
    insert into record.involvement (person_id, kind, account_id, from_day)
    select person_id, 'allocated', ${worker.account.id}::uuid, '2024-01-01' from record.person_identifier where value = 'FELL0008'
    returning person_id as person`.execute(db.owner)
  await checkAll({ db: db.jobs }, new Date('2025-03-01T02:10:00Z'))
  const { page, context, complaints } = await window({}, worker.secret)
  await page.goto('/my-checks')
  expect(await words(page)).toContain('FELL0008')
  await looksRight(page, complaints)
  await page.goto(`/children/${rows[0]!.person}`)
  await page.click('nav >> text="Checks"')
  expect(await words(page)).toContain('Section 47 enquiry')
  await looksRight(page, complaints)
  await screenshot(page, 'record-checks')
  await page.setViewportSize({ width: 390, height: 844 })
  await looksRight(page, complaints)
  await page.click('text=Go to where it stands: Section 47 enquiry')
  await page.waitForURL('**/protection')
  await page.waitForSelector('html.has-scripts')
  expect(await page.textContent('.row--below')).toContain('no assessment')
  await looksRight(page, complaints)
  await page.setViewportSize({ width: 1280, height: 900 })
  await looksRight(page, complaints)
  for (const screen of ['desktop', 'phone'] as const) {
    await page.setViewportSize(screens[screen])
    await page.locator('.row--below').nth(1).scrollIntoViewIfNeeded()
    await screenshot(page, 'record-findings', screen)
  }
  await page.setViewportSize(screens.desktop)
  await page.goto('/my-work?of=me')
  expect(await page.textContent('table')).toContain('to put right')
  await looksRight(page, complaints)
  await screenshot(page, 'my-work-checks')
  await context.close()
})
