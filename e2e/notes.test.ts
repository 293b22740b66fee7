import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChildProtectionPlan, aFamily, anEpisodeOfNeed } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { buildServer } from '../src/web/server.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'

let db: TestDatabase
let browser: Browser
let server: Awaited<ReturnType<typeof buildServer>>
let port: number
let children: string[]
let secret: string

async function serve(): Promise<void> {
  server = await buildServer({ ...housed(db), areas })
  await server.listen({ port, host: '127.0.0.1' })
  port = (server.server.address() as { port: number }).port
}

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  port = 0
  await serve()
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [await aTeam(db)] })
  secret = session.secret
  ;({ children } = await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB', children: 3 }))
  const { referral } = await anEpisodeOfNeed(db.owner, children[0]!, { from: '2025-05-06' })
  await aChildProtectionPlan(db.owner, children[0]!, { referral, from: '2025-07-01', category: 'NEG' })
  for (const one of children) await involve(db, one, { account: session.account.id })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

async function window(screen: Screen = 'desktop'): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openWindow(browser, { baseURL: `http://127.0.0.1:${port}`, screen })
  await opened.context.addCookies([{ name: 'session', value: secret, url: `http://127.0.0.1:${port}` }])
  return opened
}
const form = () => `/children/${children[0]}/notes/new`
const what = 'textarea[name=what]'
const said = (page: Page) => page.waitForSelector('[data-draft-said]:text-matches("^Saved")')
const draftsKept = async () =>
  Number(
    (await sql<{ n: string }>`select count(*) as n from forms.draft where ended_at is null`.execute(db.owner))
      .rows[0]!.n,
  )

test('a visit to one child: one page, at most twelve keys besides the words', async () => {
  const { page, complaints } = await window()
  await page.goto(form())
  let keys = 0
  const press = async (key: string) => {
    keys += key.split('+').length
    await page.keyboard.press(key)
  }
  await press('Space') // seen alone
  for (
    let n = 0;
    n < 6 && !(await page.evaluate(`document.activeElement?.getAttribute('name') === 'what'`));
    n++
  )
    await press('Tab')
  await page.keyboard.type('Seen at home after school. She showed me her room.')
  await press('Control+Enter')
  await page.waitForURL(/notes\/[0-9a-f-]{36}$/)
  expect(keys).toBeLessThanOrEqual(12)
  const words = (await page.textContent('main'))!
  expect(words).toContain('Child protection visit: seen, alone')
  expect(words).toContain('She showed me her room.')
  expect(complaints).toEqual([])
  await expectAccessible(page)
})

test('three children, written once: each child’s note is shown before it is filed', async () => {
  const { page, complaints } = await window()
  await page.goto(form())
  const names = await page.locator('input[name=others] + label').allTextContents()
  expect(names).toHaveLength(2)
  for (const box of await page.locator('input[name=others]').all()) await box.check()
  for (const child of children) await page.locator(`input[name="child[${child}][seen]"][value=alone]`).check()
  const first = names[0]!.trim().split(/[ ,]/)[0]!
  await page.fill(what, `All were at home.\n\n[about ${first}] Has started at a new school.`)
  await page.keyboard.press('Control+Enter')
  await page.waitForSelector('text=Each child’s note')
  await expectAccessible(page)
  await screenshot(page, 'note-versions-desktop')
  expect(await page.locator('.versions .panel').count()).toBe(3)
  await page.click('button:has-text("File 3 notes")')
  await page.waitForURL(/notes\/[0-9a-f-]{36}$/)
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from record.note_paragraph where words like 'Has started%'`.execute(db.owner)
  expect(Number(rows[0]!.n)).toBe(1)
  expect(complaints).toEqual([])
})

test('what is typed is with the server a second later, and on another device with the cursor where it was', async () => {
  const { page } = await window()
  await page.goto(form())
  await page.fill(what, 'The words that must not be lost')
  await page.evaluate(`document.querySelector('${what}').setSelectionRange(9, 9)`)
  await page.keyboard.type('!')
  await said(page)
  await page.close()
  const phone = await window('phone')
  await phone.page.goto('/drafts')
  await expectAccessible(phone.page)
  await phone.page.locator('main a[href*="draft="]').first().click()
  expect(await phone.page.inputValue(what)).toBe('The words! that must not be lost')
  expect(await phone.page.evaluate(`document.querySelector('${what}').selectionStart`)).toBe(10)
  await expectNoSidewaysScroll(phone.page)
  await screenshot(phone.page, 'note-phone')
})

test('a server that is gone for a while loses nothing: the page says so, and saves when it is back', async () => {
  const { page } = await window()
  await page.goto(`${form()}?fresh=yes`)
  await page.fill(what, 'Before')
  await said(page)
  await server.close()
  await page.fill(what, 'Before and while it was gone')
  await page.waitForSelector('text=Not saved yet. Trying again.')
  await serve()
  await said(page)
  const { rows } = await sql<{ value: string }>`
    select value #>> '{}' as value from forms.draft_field where name = 'what' order by changed_at desc limit 1`.execute(
    db.owner,
  )
  expect(rows[0]!.value).toBe('Before and while it was gone')
})

test('two devices on one draft: neither overwrites the other, and both words are shown to choose from', async () => {
  const { page: laptop } = await window()
  await laptop.goto(`${form()}?fresh=yes`)
  await laptop.fill(what, 'First words')
  await said(laptop)
  const address = await laptop.evaluate<string>(
    `JSON.parse(document.querySelector('form[data-draft]').dataset.draft).address`,
  )
  const { page: phone } = await window('phone')
  await phone.goto(address)
  await laptop.fill(what, 'From the laptop')
  await laptop.waitForTimeout(1500)
  await phone.fill(what, 'From the phone')
  await phone.waitForSelector('text=wrote something else here')
  expect(await phone.textContent('[data-beside] blockquote')).toBe('From the laptop')
  await phone.click('[data-beside] >> text=Keep both')
  await phone.waitForTimeout(1500)
  expect(await phone.inputValue(what)).toBe('From the laptop\n\nFrom the phone')
  await expectAccessible(phone)
})

test('filing ends the draft; putting one away can be undone', async () => {
  const { page } = await window()
  const before = await draftsKept()
  await page.goto('/drafts')
  await page.locator('button:has-text("Put away")').first().click()
  await page.waitForSelector('button:has-text("Take up again")')
  expect(await draftsKept()).toBe(before - 1)
  await page.locator('button:has-text("Take up again")').first().click()
  await page.waitForSelector('button:has-text("Take up again")', { state: 'detached' })
  expect(await draftsKept()).toBe(before)
  await screenshot(page, 'drafts-desktop')
})
