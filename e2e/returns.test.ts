import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../src/database/queue.ts'
import { runImport } from '../src/importing/running.ts'
import { addRun } from '../src/importing/store.ts'
import { makeReturn } from '../src/returns/making.ts'
import { addMade, findMade } from '../src/returns/store.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

const census = resolve(import.meta.dirname, '../samples/cin-census/fellshire-2024-25.xml')

let db: TestDatabase
let browser: Browser
let service: Service
let secret: string
let asReported: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  await migrateQueue(db.urls.jobs)
  const run = await addRun(db.jobs, { source: 'cin-census', period: '', files: [census] })
  await runImport(db.jobs, run, [census])
  const odd = await addMade(db.jobs, { return: 'cin-census', collection: '2023-24', asReported: true })
  await makeReturn(db.jobs, odd)
  asReported = odd.id
  service = await startService({ ...housed(db), areas })
  secret = (await signedIn(db, { name: 'Pat Lowe', roles: ['A-PERF'] })).secret
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function window(options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

async function looksRight(page: Page, complaints: string[]): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  expect(complaints).toEqual([])
}

const words = (page: Page) => page.textContent('main')

test('an analyst chooses a year, watches, and takes the file', async () => {
  const { page, context, complaints } = await window()
  await page.goto('/returns')
  await page.click('text=Make a return')
  await looksRight(page, complaints)
  await screenshot(page, 'return-begin')
  await page.selectOption('select[name=year]', '2024-25')
  await page.click('button:has-text("Make the file")')
  await page.waitForSelector('.progress')
  expect(await words(page)).toContain('Waiting for its turn')
  await looksRight(page, complaints)
  const id = page.url().split('/').pop()!
  await makeReturn(db.jobs, (await findMade(db.jobs, id))!)
  // The page notices by itself.
  await page.waitForSelector('text=It fits the shape')
  await looksRight(page, complaints)
  await screenshot(page, 'return-made')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download')])
  expect(download.suggestedFilename()).toMatch(/^999_CIN_2025_\d{3}\.xml$/)
  expect(await readFile((await download.path())!, 'utf8')).toContain('<LAchildID>FELL0009</LAchildID>')
  await page.goto('/returns')
  await looksRight(page, complaints)
  await screenshot(page, 'returns')
  await context.close()
})

test.each<[string, Screen]>([
  ['/returns', 'phone'],
  ['/returns/new', 'phone'],
  ['made', 'phone'],
  ['made', 'desktop'],
  ['made', 'zoomed'],
])('%s on %s', async (address, screen) => {
  const { page, context, complaints } = await window({ screen })
  await page.goto(address === 'made' ? `/returns/${asReported}` : address)
  await looksRight(page, complaints)
  if (address === 'made' && screen === 'desktop') {
    expect(await words(page)).toContain('GenderCurrent is missing, or Sex is out of place')
    await screenshot(page, 'return-as-reported')
  }
  await context.close()
})

test('without scripts the page loads again while the return is being made', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto('/returns/new')
  await page.click('button:has-text("Make the file")')
  expect(await page.locator('noscript meta[http-equiv=refresh]').count()).toBe(1)
  await context.close()
})
