import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultWith } from '../src/casework/documents/services.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily, fact, someone } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let place: string
let child: string
let worker: string
let support: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  place = await mkdtemp(join(tmpdir(), 'letters-'))
  const documents = vaultWith({
    folder: join(place, 'bytes'),
    keyFolder: join(place, 'keys'),
    keys: ['a key of the server for tests only, long enough'],
  })
  service = await startService({ ...housed(db), areas, documents })
  const team = await aTeam(db)
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = session.secret
  support = (await signedIn(db, { name: 'Bea Marlow', roles: ['A-BS'], teams: [team] })).secret
  const { children, mother } = await aFamily(db.owner, { surname: 'Thwaite', children: 2 })
  child = children[0]!
  for (const one of children) {
    await involve(db, one, { account: session.account.id })
    await involve(db, one, { team })
  }
  const father = await someone(db.owner, { forename: 'Gil', surname: 'Harker', born: '1988-01-01', sex: 'M' })
  await fact(db.owner, 'relationship', {
    person_id: child,
    other_person_id: father,
    other_name: 'Gil Harker',
    kind: 'father',
  })
  for (const person of [child, mother])
    await fact(db.owner, 'address', {
      person_id: person,
      address_lines: '12 Rowan Close\nOtterby',
      postcode: 'OT7 3QX',
      protected: true,
    })
  await fact(db.owner, 'communication_need', {
    person_id: father,
    topic: 'language',
    answer: 'known',
    words: 'Polish',
    asked_on: '2026-01-01',
    origin: 'parent',
  })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

async function window(secret: string) {
  const opened = await openWindow(browser, { baseURL: service.address, screen: 'desktop' })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

test('a letter in two presses: filled from the record, kept while it is typed, refused with a hidden address, filed, printed by business support', async () => {
  const { page, context } = await window(worker)
  await page.goto(`/children/${child}/letters/new`)
  await page.getByLabel(/Gil Harker, father/).check()
  await page.getByLabel('An appointment').check()
  await expectAccessible(page)
  await screenshot(page, 'letter-choice')
  await page.getByRole('button', { name: 'Fill it in' }).click()

  const words = page.getByLabel('The letter')
  expect(await words.inputValue()).toContain('Dear Gil Harker,')
  expect(await page.getByLabel('A copy is due in').inputValue()).toBe('Polish')
  await words.fill('Dear Gil Harker,\n\nI am at 12 Rowan\nClose on Tuesday.\n\nSam Okoro')
  // Kept as it is typed, and gone on with after the window was shut.
  await page.locator('[data-draft-said]', { hasText: 'Saved' }).waitFor()
  await page.goto(`/children/${child}/letters/new`)
  await page.getByRole('link', { name: /go on with the one/ }).click()
  expect(await page.getByLabel('The letter').inputValue()).toContain('12 Rowan')

  await page.getByRole('button', { name: 'File and send' }).click()
  const summary = page.getByRole('alert')
  expect(await summary.textContent()).toContain('an address that is kept from others')
  await expectAccessible(page)
  await screenshot(page, 'letter')
  await page
    .getByLabel('The letter')
    .fill('Dear Gil Harker,\n\nPlease come on Tuesday at 14:05.\n\nSam Okoro')
  await page.getByRole('button', { name: 'Look again' }).click()
  expect(await page.getByRole('region', { name: 'How it will look' }).textContent()).toContain(
    'Tuesday at 14:05',
  )
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.getByRole('button', { name: 'File and send' }).click()
  await page.getByRole('heading', { name: 'Letter', exact: true, level: 1 }).waitFor()
  expect(await page.locator('main').textContent()).toContain('A copy in Polish is due to Gil Harker')
  await expectAccessible(page)
  await context.close()

  const other = await window(support)
  await other.page.goto('/')
  expect(await other.page.getByRole('row', { name: /Gil Harker/ }).textContent()).toContain('An appointment')
  await expectAccessible(other.page)
  const answered = other.page.waitForResponse((response) => response.request().method() === 'POST')
  await other.page.getByRole('button', { name: 'One PDF of those ticked' }).click()
  expect((await answered).headers()['content-type']).toBe('application/pdf')
  await other.page.goto('/letters-to-print')
  await other.page.getByRole('button', { name: 'They are printed' }).click()
  await other.page.getByText('No letter waits').waitFor()
  await other.context.close()
})
