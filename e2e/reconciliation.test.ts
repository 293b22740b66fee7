import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../src/database/queue.ts'
import { reconciling } from '../src/importing/reconciliation-running.ts'
import { restrictions, runLoad, ssd } from '../src/importing/ssd-running.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { bring, own } from '../src/testing/importing.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { SsdFolders, ssdSample } from '../src/testing/ssd-sample.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let folder: string
const folders = new SsdFolders()

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  await migrateQueue(db.urls.jobs)
  service = await startService({ ...housed(db), areas })
  await bring(db, 'cin-census', own.census)
  await bring(db, 'ssda903', own.care, { year: '2025' })
  const sample = ssdSample()
  sample.ssd_cin_episodes!.push({
    cine_referral_id: 'R9',
    cine_person_id: '1001',
    cine_referral_date: '2023-02-31',
  })
  folder = folders.write(sample)
  await runLoad(
    db.jobs,
    restrictions,
    [folders.file('restrictions.csv', 'person_id,kind,reason,review_on,readers\n')],
    {
      system: 'mosaic',
    },
  )
  await runLoad(db.jobs, ssd, [folder], { system: 'mosaic' })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  folders.remove()
})

async function window(secret: string, options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await screenshot(page, name)
}

/** Does what the page has asked for, as the process for background work would. */
async function calculate(): Promise<void> {
  const { rows } = await sql<{
    id: string
  }>`select id from importing.reconciled where state = 'waiting'`.execute(db.owner)
  const log = { info() {}, error() {}, warn() {}, debug() {} }
  for (const { id } of rows) await reconciling.run(id, { db: db.jobs, read: db.jobs, log } as never)
}

test('a load is held against its files and both returns, differences are decided, and two people sign', async () => {
  const analyst = (await signedIn(db, { name: 'Priya Anand', roles: ['A-PERF'] })).secret
  const manager = (await signedIn(db, { name: 'Rosalind Achterberg', roles: ['A-SM'] })).secret
  const { page, context, complaints } = await window(analyst)
  await page.goto('/reconciliation')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.click('main >> text=mosaic')
  await page.click('text=Calculate the files of the load')
  await page.waitForSelector('text=Waiting for its turn')
  await expectAccessible(page)
  const here = page.url()
  await calculate()
  for (const [label, files] of [
    ['The last children in need census', [own.census]],
    ['The last looked-after children return', readdirSync(own.care).map((name) => join(own.care, name))],
  ] as const) {
    await page.goto(here)
    await page.getByLabel(label).check()
    if (files.length > 1) await page.getByLabel('Year of a looked-after return').selectOption('2025')
    await page.setInputFiles('input[type=file]', [...files])
    await page.click('text=Compare with this return')
    await page.waitForSelector('text=Waiting for its turn')
    await calculate()
  }
  await page.goto(here)
  await page.waitForSelector(`text=${basename(own.census)}`)
  await looksRight(page, 'reconciliation')

  await page.click('text=Sign off')
  await page.waitForSelector('text=A difference is still undecided')
  await page.locator('tr:has-text("Undecided") a').first().click()
  await page.getByLabel('It is right as it is, because').check()
  await page.click('text=Save the decision')
  await page.waitForSelector('text=Say why it is right as it is')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByLabel('Why', { exact: true }).fill('Looked at with the old system side by side')
  await page.click('text=Save the decision')
  await page.waitForSelector('text=Explained by Priya Anand')
  // The others one by one would be the same again.
  await sql`update importing.reconciled_difference set decision = 'explained', words = 'as the first', decided_at = now()
             where decision is null`.execute(db.owner)
  await page.reload()
  await page.click('text=Sign off')
  await page.waitForSelector('text=Signed by Priya Anand')
  expect(complaints).toEqual([])
  await context.close()

  const second = await window(manager, { screen: 'phone' })
  await second.page.goto(here)
  await second.page.click('text=Sign off')
  await second.page.waitForSelector('text=Signed off by both')
  await expectAccessible(second.page)
  await expectNoSidewaysScroll(second.page)

  await runLoad(db.jobs, ssd, [folder], { system: 'mosaic' })
  await second.page.goto(here)
  await second.page.waitForSelector('text=Void: signed by Priya Anand')
  await expectAccessible(second.page)
  expect(second.complaints).toEqual([])
  await second.context.close()
}, 240_000)
