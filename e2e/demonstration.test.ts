import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillDemonstration, usual } from '../src/demonstration/fill.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { dayOf } from '../src/web/words.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  const today = dayOf(new Date())
  await fillDemonstration(db, { ...usual, today, children: 40, years: 4 }, () => undefined)
  service = await startService({ ...housed(db, { config: { demonstration: true } }), areas })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function signedInAs(name: string, screen: Screen = 'desktop') {
  const opened = await openWindow(browser, { screen, baseURL: service.address })
  await opened.page.goto('/sign-in')
  await opened.page.click(`button:has-text("${name}")`)
  await opened.page.waitForLoadState()
  return opened
}

test('a social worker opens to their children, and to what is due', async () => {
  const { page, context, complaints } = await signedInAs('Sam Okoro')
  await page.goto('/my-work')
  expect(await page.textContent('main')).toContain('Freya Greaves')
  await page.goto('/due')
  const due = await page.textContent('main')
  expect(due).toMatch(/Zara Akhtar[\s\S]*Initial child protection conference/)
  expect(due).toMatch(/days? late/)
  expect(complaints).toEqual([])
  await context.close()
})

test.each(['desktop', 'phone'] as const)('set pieces are listed and entered, on a %s', async (screen) => {
  const { page, context, complaints } = await signedInAs('Priya Shah', screen)
  await page.goto('/set-pieces')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  if (screen === 'desktop') await screenshot(page, 'set-pieces')
  await page.click('#missing-tonight button:has-text("Nadia Rahman")')
  await page.waitForLoadState()
  const words = await page.textContent('body')
  expect(words).toContain('Kayden Lumb')
  expect(words).toContain('Missing')
  expect(words).toContain('Nadia Rahman')
  expect(complaints).toEqual([])
  await context.close()
})
