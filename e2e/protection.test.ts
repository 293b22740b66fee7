import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, fact } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import type { Session } from '../src/web/session.ts'
import { addDays, type Day, dayOf, formatShortDate } from '../src/web/words.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let ana: string
let ben: string
let sam: Page
let mel: Page
let hamid: Page
const complaints: string[][] = []

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  const worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  sam = await as(worker)
  mel = await as(await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] }))
  hamid = await as(await signedIn(db, { name: 'Hamid Yusuf', roles: ['A-IRO'] }))
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Thwaite', born: '2015-05-02' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Thwaite', born: '2018-08-11' })
  await fact(db.owner, 'relationship', { person_id: ana, other_person_id: ben, kind: 'sibling' })
  for (const child of [ana, ben]) {
    await involve(db, child, { account: worker.account.id, team })
    await fact(db.owner, 'referral', { person_id: child, referral_date: back(44), referral_nfa: false })
  }
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function as(session: Session): Promise<Page> {
  const opened = await openWindow(browser, { baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: session.secret, url: service.address }])
  complaints.push(opened.complaints)
  return opened.page
}

/** A day so many days ago, or the Friday before where that is a weekend. */
function back(days: number): Day {
  const day = addDays(dayOf(new Date()), -days)
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return addDays(day, weekday === 0 ? -2 : weekday === 6 ? -1 : 0)
}
const typed = (days: number) => formatShortDate(back(days))

const press = (page: Page, words: string) =>
  page.locator('main').locator(`a:has-text("${words}"), button:has-text("${words}")`).first().click()
const written = async (page: Page, words: string) => {
  await page.waitForSelector(`main :text("${words}")`)
}
const onPhone = async (page: Page) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 1366, height: 768 })
}
const fill = async (page: Page, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`).first()
    const type = await field.getAttribute('type')
    if (await page.locator(`select[name="${name}"]`).count()) await field.selectOption(value)
    else if (type === 'radio' || type === 'checkbox')
      await page.locator(`[name="${name}"][value="${value}"]`).check()
    else await field.fill(value)
  }
}

test('two children from a strategy discussion to the end of their plans', { timeout: 180_000 }, async () => {
  await sam.goto(`/children/${ana}/protection`)
  await press(sam, 'Call a strategy discussion')
  await fill(sam, {
    others: ben,
    because: 'Their school saw a bruise and was told of a blow.',
    ...{ asked: typed(41), planned: typed(41), at: '14:00' },
    ...{ 'who[2][name]': 'DC Lowe', 'who[3][name]': 'Nurse Hall' },
  })
  await expectAccessible(sam)
  await press(sam, 'Call it')
  await press(sam, 'Write it up')
  await fill(sam, {
    ...{ 'who[0][attendance]': 'attended', 'who[2][attendance]': 'attended' },
    ...{
      'who[1][attendance]': 'attended',
      'who[1][said]': 'Two calls to the house.',
      'who[1][sure]': 'on-paper',
    },
    ...{ safety: 'They stay with their aunt.', decision: 'section-47-joint', words: 'All agree.' },
  })
  await expectAccessible(sam)
  await onPhone(sam)
  await screenshot(sam, 'strategy-discussion', 'desktop')
  await sam.keyboard.press('Control+Enter')
  await sam.waitForURL(/discussions\/[0-9a-f-]{36}$/)

  await press(sam, 'A section 47 enquiry')
  await press(sam, 'Write it up')
  for (const child of [ana, ben])
    await fill(sam, {
      [`child[${child}][seen]`]: 'alone',
      [`child[${child}][medical]`]: 'not-needed',
      [`child[${child}][outcome]`]: 'conference',
    })
  await fill(sam, { agencies: 'All asked.', siblings: 'Both.', analysis: 'They are at risk.' })
  await expectAccessible(sam)
  await press(sam, 'Give it to a manager')
  await written(sam, 'Signature')
  const enquiry = sam.url()

  await mel.goto(enquiry)
  await press(mel, 'Signature')
  await fill(mel, { decision: 'authorised', words: 'The risk is plain.' })
  await press(mel, 'Decide')
  await mel.goto(enquiry)
  await written(mel, 'Conference needed')

  await sam.goto(enquiry)
  await press(sam, 'The conference')
  await press(sam, 'Give it a day')
  await fill(sam, { on: typed(26), at: '10:00', place: 'Room 2', 'who[0][name]': 'Sam Okoro' })
  await fill(sam, { 'who[2][name]': 'DC Lowe', 'who[3][name]': 'Nurse Hall' })
  await sam.locator('[name=chair]').selectOption({ label: 'Hamid Yusuf' })
  await expectAccessible(sam)
  await press(sam, 'Call it')
  await written(sam, 'Hamid Yusuf records what it decides')

  await hamid.goto('/conferences')
  await written(hamid, 'To be written up')
  await expectAccessible(hamid)
  await onPhone(hamid)
  await press(hamid, 'Thwaite')
  await press(hamid, 'Write it up')
  for (const n of [0, 2, 3]) await fill(hamid, { [`who[${n}][attendance]`]: 'attended' })
  await fill(hamid, { 'who[2][said]': 'One more call since.', words: 'They are likely to be hurt again.' })
  await fill(hamid, { outcome: 'Nobody hits anybody', lead: 'Sam Okoro' })
  for (const [child, category] of [
    [ana, 'PHY'],
    [ben, 'EMO'],
  ])
    await fill(hamid, { [`child[${child}][decision]`]: 'plan', [`child[${child}][category]`]: category! })
  await expectAccessible(hamid)
  await press(hamid, 'Look at what was decided')
  await written(hamid, 'Nothing is filed yet')
  await expectAccessible(hamid)
  await screenshot(hamid, 'conference-confirm', 'desktop')
  await press(hamid, 'This is what was decided')
  await written(hamid, 'A child protection plan begins')
  await press(hamid, 'parents')
  expect(await hamid.textContent('main')).not.toContain('One more call since')
  await expectAccessible(hamid)

  await sam.goto(`/children/${ana}/protection`)
  await press(sam, 'Child protection plan')
  await press(sam, 'Write the plan')
  await fill(sam, { 'action[0][words]': 'Sees them each week', 'action[0][who]': 'Sam Okoro' })
  await expectAccessible(sam)
  await press(sam, 'File the plan')
  await press(sam, 'Write up a core group')
  await fill(sam, {
    on: typed(16),
    next: formatShortDate(addDays(back(16), 35)),
    'who[0][attendance]': 'attended',
  })
  await expectAccessible(sam)
  await press(sam, 'File')
  await written(sam, 'Who came')

  await sam.goto(`/children/${ana}/protection`)
  await press(sam, 'Ask for a review conference')
  await fill(sam, { others: ben, because: 'Things are better.' })
  await press(sam, 'Ask for it')
  await fill(sam, { on: typed(1), 'who[0][name]': 'Sam Okoro' })
  await sam.locator('[name=chair]').selectOption({ label: 'Hamid Yusuf' })
  await press(sam, 'Call it')
  await hamid.goto(sam.url())
  await press(hamid, 'Write it up')
  await fill(hamid, { 'who[0][attendance]': 'attended', quorumWords: 'Health and police agreed in writing.' })
  await fill(hamid, { words: 'Nobody was hurt for weeks.' })
  for (const child of [ana, ben]) await fill(hamid, { [`child[${child}][decision]`]: 'end' })
  await press(hamid, 'Look at what was decided')
  await press(hamid, 'This is what was decided')
  await written(hamid, 'The plan ends')

  await sam.goto(`/children/${ben}/protection`)
  const told = (await sam.textContent('main'))!
  for (const step of ['Strategy discussion', 'Section 47 enquiry', 'Initial conference', 'Core group'])
    expect(told).toContain(step)
  expect(told).toContain('The plan ends')
  await expectAccessible(sam)
  await onPhone(sam)
  await screenshot(sam, 'protection', 'desktop')
  expect(complaints.flat()).toEqual([])
})
