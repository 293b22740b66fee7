import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectLooksRight, type Look, tabTo } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startHouse } from './support/service.ts'

let browser: Browser
let service: Service
beforeAll(async () => {
  ;[browser, service] = await Promise.all([openBrowser(), startHouse()])
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
})

const pages = [
  '/components',
  '/components/record',
  '/components/record?known-at=2026-01-05',
  '/help',
  '/nowhere',
]
const looks: Look[] = [['desktop'], ['desktop', true], ['phone'], ['zoomed']]

describe('every part of a page', () => {
  test.each(pages)(
    '%s, by day and in the dark, on a phone and zoomed: axe finds nothing, nothing sticks out, no complaint',
    async (path) => {
      const { page, context, complaints } = await openWindow(browser, { baseURL: service.address })
      await expectLooksRight(page, path, looks)
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  test('with errors: the summary leads to the field, what was typed is still there', async () => {
    const { page, context } = await openWindow(browser, { baseURL: service.address })
    await page.goto('/components')
    await page.fill('#what', 'Amara showed me her bike')
    await page.fill('#when', 'next friday')
    await page.click('text=File the visit')
    await page.waitForSelector('.govuk-error-summary')
    expect(await page.title()).toMatch(/^Error: /)
    await expectAccessible(page)
    expect(await page.inputValue('#what')).toBe('Amara showed me her bike')
    expect(await page.inputValue('#when')).toBe('next friday')
    await page.click('.govuk-error-summary a >> text=is no date')
    expect(await page.evaluate('document.activeElement.id')).toBe('when')
    await screenshot(page, 'form-errors')
    await context.close()
  })
})

describe('keys', () => {
  test('alone reach everything, the skip link first', async () => {
    const { page, context } = await openWindow(browser, { baseURL: service.address })
    await page.goto('/components/record')
    await page.waitForSelector('body.js-enabled')
    const stops = await tabTo(page, 'Who has looked')
    expect(stops[0]).toBe('Skip to main content')
    await page.goto('/components')
    await page.waitForSelector('body.js-enabled')
    await tabTo(page, 'File the visit')
    await context.close()
  })

  test('/ searches, ? shows the keys, Escape closes them; not while somebody types', async () => {
    const { page, context } = await openWindow(browser, { baseURL: service.address })
    await page.goto('/components/record')
    await page.waitForSelector('body.js-enabled')
    await page.keyboard.press('?')
    expect(await page.isVisible('#keys')).toBe(true)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    expect(await page.isVisible('#keys')).toBe(false)
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.id')).toBe('bar-search')
    await page.keyboard.type('a/b?')
    expect(await page.inputValue('#bar-search')).toBe('a/b?')
    expect(await page.isVisible('#keys')).toBe(false)
    await context.close()
  })

  test('Ctrl+Enter files the form', async () => {
    const { page, context } = await openWindow(browser, { baseURL: service.address })
    await page.goto('/components')
    await page.waitForSelector('body.js-enabled')
    await page.fill('#what', 'A visit')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.govuk-error-summary')
    await context.close()
  })
})

test('the child stays in sight: the identity bar never scrolls away', async () => {
  for (const screen of ['desktop', 'phone'] as const) {
    const { page, context } = await openWindow(browser, { screen, baseURL: service.address })
    await page.goto('/components/record')
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)')
    const box = await page.locator('.identity').boundingBox()
    expect(box!.y).toBeCloseTo(0, 0)
    if (screen === 'phone') expect(box!.height).toBeLessThan(48)
    await context.close()
  }
})

test('whole tables sort where they are', async () => {
  const { page, context } = await openWindow(browser, { baseURL: service.address })
  await page.goto('/components')
  await page.waitForSelector('body.js-enabled')
  await screenshot(page, 'components')
  const names = () => page.locator('table[data-whole] tbody th a').allTextContents()
  const before = await names()
  await page.click('table[data-whole] thead >> text=Child')
  expect(await names()).toEqual([...before].sort().reverse())
  await page.click('table[data-whole] thead >> text=Next due')
  expect((await names())[0]).toBe('Amara Okafor')
  expect(await page.getAttribute('table[data-whole] th:nth-child(6)', 'aria-sort')).toBe('ascending')
  await context.close()
})

test('without scripts everything is there: menus open, heads sort, progress loads again', async () => {
  const { page, context } = await openWindow(browser, { scripts: false, baseURL: service.address })
  await page.goto('/components')
  await page.click('.bar__who')
  expect(await page.isVisible('.drop__panel >> text=Help')).toBe(true)
  expect(await page.isVisible('.bar__key')).toBe(false)
  await page.click('table thead >> text=Next due')
  expect(page.url()).toContain('sort=due')
  expect(await page.content()).toContain('http-equiv="refresh"')
  await context.close()
})

test('long work shows how far it is', async () => {
  const { page, context } = await openWindow(browser, { baseURL: service.address })
  await page.goto('/components')
  const asked = await page.waitForResponse((response) => response.url().endsWith('/components/progress'))
  expect(asked.status()).toBe(200)
  await expectAccessible(page)
  await context.close()
})

test('paper: the child’s name, page n of m, who printed it; no furniture', async () => {
  const { page, context } = await openWindow(browser, { baseURL: service.address })
  await page.goto('/components/record')
  await page.emulateMedia({ media: 'print' })
  expect(await page.isVisible('.bar')).toBe(false)
  expect(await page.isVisible('.side')).toBe(false)
  expect(await page.isVisible('text=Moved to Mr and Mrs Lowe >> nth=0')).toBe(true)
  const edges = await page.locator('head style').textContent()
  expect(edges).toContain('"Amara Okafor"')
  expect(edges).toContain('counter(pages)')
  expect(edges).toContain('Printed by Sam Okoro')
  await context.close()
})
