import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restrictions, runLoad, ssd } from '../src/importing/ssd-running.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
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
let secret: string
let folder: string
const folders = new SsdFolders()
const load = () => runLoad(db.jobs, ssd, [folder], { system: 'mosaic' })

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  secret = (await signedIn(db, { name: 'Priya Anand', roles: ['A-PERF'] })).secret
  const sample = ssdSample()
  for (const [i, word] of ['Junior school', 'junior school', 'Police (PVP)', 'Anon.', 'Tel call'].entries())
    sample.ssd_cin_episodes!.push({
      cine_referral_id: `W${i}`,
      cine_person_id: '1001',
      cine_referral_date: `2023-0${i + 1}-01`,
      cine_referral_source_code: word,
    })
  sample.ssd_cin_episodes!.push({
    cine_referral_id: 'W9',
    cine_person_id: '1001',
    cine_referral_date: '31/02/2023',
    cine_referral_source_desc: '<b>bold</b>',
  })
  sample.ssd_voice_of_child = [{ voch_table_id: 'X1', voch_person_id: '1001', voch_plan_safe: 'Y' }]
  folder = folders.write(sample)
  const nobody = folders.file('restrictions.csv', 'person_id,kind,reason,review_on,readers\n')
  await runLoad(db.jobs, restrictions, [nobody], { system: 'mosaic' })
  await load()
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  folders.remove()
})

async function window(options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await screenshot(page, name)
}

test('an analyst sees what became of every row, says what words stand for, signs them, and loads again', async () => {
  const { page, context, complaints } = await window()
  await page.goto('/imports')
  await page.click('text=Record of another system')
  await looksRight(page, 'load')
  const row = page.locator('tr', { hasText: 'ssd_cin_episodes' }).first()
  expect((await row.locator('th, td').allTextContents()).map((text) => text.trim())).toEqual([
    'ssd_cin_episodes',
    '9',
    '3',
    '5',
    '1',
    '0',
  ])
  await row.locator('a').last().click()
  await page.waitForSelector('text=is not a day that the calendar has')
  await page.waitForSelector('dd >> text=<b>bold</b>')
  await looksRight(page, 'load-rows')

  await page.goto('/local-words')
  await looksRight(page, 'local-words')
  await page.click('main >> text=Where a referral came from')
  await page.getByLabel('Police (PVP)').selectOption('6')
  await page.getByLabel('Junior school').selectOption('2A')
  await page.getByLabel('Tel call').selectOption('nothing')
  await page.click('text=Save what they stand for')
  await page.waitForSelector('text=3 words stand for something that nobody has signed')
  await looksRight(page, 'local-words-of-a-field')
  await page.click('text=Sign off 3 words')
  await page.waitForSelector('text=signed by Priya Anand')
  expect(complaints).toEqual([])
  await context.close()

  const again = await load()
  expect(again.tables.find(({ table }) => table === 'ssd_cin_episodes')).toMatchObject({
    read: 9,
    loaded: 7,
    warned: 1,
    held: 1,
  })
  expect(again.unmapped.map(({ word }) => word)).toEqual(['Anon.'])

  const phone = await window({ screen: 'phone' })
  for (const path of ['/local-words', '/local-words/mosaic/cine_referral_source_code']) {
    await phone.page.goto(path)
    await expectAccessible(phone.page)
    await expectNoSidewaysScroll(phone.page)
  }
  await phone.context.close()
})
