import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultWith } from '../src/casework/documents/services.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily } from '../src/testing/factories.ts'
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
let place: string
let children: string[]
let secret: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  place = await mkdtemp(join(tmpdir(), 'documents-'))
  const documents = vaultWith({
    folder: join(place, 'bytes'),
    keyFolder: join(place, 'keys'),
    keys: ['a key of the server for tests only, long enough'],
  })
  service = await startService({ ...housed(db), areas, documents })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [await aTeam(db)] })
  secret = session.secret
  ;({ children } = await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB', children: 3 }))
  for (const one of children) await involve(db, one, { account: session.account.id })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

async function window(screen: Screen = 'desktop') {
  const opened = await openWindow(browser, { baseURL: service.address, screen })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}
const email = [
  'From: Jo Head <head@school.example>',
  'To: Sam Okoro <sam@fellshire.example>',
  'Subject: Attendance this term',
  'Date: Mon, 23 Nov 2026 09:00:00 +0000',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'All three were here every day.',
  '',
  'The register is attached.',
  '--b',
  'Content-Type: text/csv',
  'Content-Disposition: attachment; filename="register.csv"',
  '',
  'day,here\r\n23/11/2026,yes',
  '--b--',
  '',
].join('\r\n')

test('several files are filed once for brother and sister, and each is looked at where it stands', async () => {
  const { page, complaints } = await window()
  await page.goto(`/children/${children[0]}/documents`)
  await expectAccessible(page)
  const picture = await page.screenshot()
  await page.click('a:has-text("File documents")')
  await page.selectOption('select[name=kind]', 'photograph')
  await page.selectOption('select[name=origin]', 'school')
  await page.check(`input[name="also[${children[1]}]"]`)
  await page.setInputFiles('input[type=file]', [
    { name: 'Their room.png', mimeType: 'image/png', buffer: picture },
    { name: 'What they wrote.txt', mimeType: 'text/plain', buffer: Buffer.from('Our garden\n<b>is big</b>') },
  ])
  await expectAccessible(page)
  await screenshot(page, 'document-form')
  await page.click('button:has-text("File")')
  await page.waitForURL(/\/documents$/)
  await page.click('a:has-text("Their room")')
  await expect
    .poll(() => page.evaluate(`document.querySelector('.document-picture')?.naturalWidth`))
    .toBeGreaterThan(0)
  await expectAccessible(page)
  await page.goto(`/children/${children[1]}/documents`)
  await page.click('a:has-text("What they wrote")')
  expect(await page.textContent('pre.document-words')).toBe('Our garden\n<b>is big</b>')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a:has-text("Download")')])
  expect(download.suggestedFilename()).toBe('What they wrote.txt')
  expect(complaints).toEqual([])
})

test('what cannot be filed is said at the files; everything else that was typed stands', async () => {
  const { page } = await window('phone')
  await page.goto(`/children/${children[0]}/documents/new`)
  await page.selectOption('select[name=kind]', 'report')
  await page.fill('input[name=title]', 'A report of the school')
  await page.setInputFiles('input[type=file]', [
    { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') },
  ])
  await page.click('button:has-text("File")')
  await page.waitForSelector('.govuk-error-summary')
  expect(await page.textContent('.govuk-error-summary')).toContain('report.pdf is not what the ending')
  expect(await page.inputValue('input[name=title]')).toBe('A report of the school')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('an e-mail dropped in is read on its page, with what came inside it; on the wrong record it is taken off', async () => {
  const { page, complaints } = await window()
  await page.goto(`/children/${children[0]}/documents/new`)
  await page.selectOption('select[name=kind]', 'e-mail')
  await page.setInputFiles('input[type=file]', [
    { name: 'mail.eml', mimeType: 'message/rfc822', buffer: Buffer.from(email) },
  ])
  await page.click('button:has-text("File")')
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/)
  expect(await page.textContent('main')).toContain('All three were here every day.')
  await expectAccessible(page)
  await screenshot(page, 'document-e-mail')
  await page.click('main a:has-text("register.csv")')
  expect(await page.textContent('pre.document-words')).toContain('23/11/2026,yes')
  await page.click('main a:has-text("Attendance this term")')
  await page.click('a:has-text("This is on the wrong record")')
  await expectAccessible(page)
  await page.check('input[name=to][value=error]')
  await page.fill('textarea[name=reason]', 'Sent to the wrong family')
  await page.click('button:has-text("Take it off this record")')
  await page.waitForURL(/\/documents$/)
  expect(await page.textContent('main')).not.toContain('Attendance this term')
  await expectNoSidewaysScroll(page)
  expect(complaints).toEqual([])
})
