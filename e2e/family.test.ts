import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, fact, someone } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectLooksRight, type Look } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let child: string
let uncle: string
let secret: string

/** A family with all that a genogram can draw: two fathers, twins, one unborn, one who died, one sealed away. */
async function aWholeFamily(account: string) {
  const tie = (person: string, other: string, kind: string, name: string, more = {}) =>
    fact(db.owner, 'relationship', {
      person_id: person,
      other_person_id: other,
      kind,
      other_name: name,
      origin: 'parent',
      ...more,
    })
  const adult = (name: string, sex: 'F' | 'M', born: string, more = {}) =>
    someone(db.owner, { name, sex, born, more })
  const mother = await adult('Kelly Thwaite', 'F', '1990-03-04')
  const darren = await adult('Darren Holroyd', 'M', '1987-07-01')
  const marek = await adult('Marek Nowak', 'M', '1985-11-20')
  const grandmother = await adult('Edith Thwaite', 'F', '1962-02-02')
  const grandfather = await adult('Harold Thwaite', 'M', '1959-02-02', { died_on: '2019-12-24' })
  uncle = await adult('Craig Thwaite', 'M', '1993-05-05')
  const home = { same_household: true, home_from: '2019-09-01' }
  const kids = {
    jonah: await aChild(db.owner, {
      name: 'Jonah Holroyd',
      sex: 'M',
      born: '2013-05-05',
      postcode: 'FX1 2AB',
    }),
    maja: await aChild(db.owner, { name: 'Maja Nowak', sex: 'F', born: '2018-08-08' }),
    zofia: await aChild(db.owner, { name: 'Zofia Nowak', sex: 'F', born: '2018-08-08' }),
    unborn: await aChild(db.owner, {
      name: 'Baby Thwaite',
      sex: 'U',
      born: null,
      more: { expected_date_of_birth: '2027-02-10' },
    }),
  }
  for (const [name, id] of Object.entries(kids)) {
    await tie(id, mother, 'mother', 'Kelly Thwaite', name === 'unborn' ? {} : home)
    await tie(
      id,
      name === 'jonah' ? darren : marek,
      'father',
      name === 'jonah' ? 'Darren Holroyd' : 'Marek Nowak',
    )
    await involve(db, id, { account })
    await fact(db.owner, 'parental_responsibility', {
      person_id: id,
      holder_person_id: mother,
      holder_name: 'Kelly Thwaite',
      basis: 'mother',
      evidence: 'Full birth certificate',
      evidence_seen_on: '2026-05-11',
      evidence_seen_by: 'Sam Okoro',
    })
  }
  await tie(mother, darren, 'partner', 'Darren Holroyd', { from_day: '2010-01-01', to_day: '2016-06-01' })
  await tie(mother, marek, 'partner', 'Marek Nowak', { from_day: '2017-01-01', ...home })
  await tie(mother, grandmother, 'mother', 'Edith Thwaite')
  await tie(mother, grandfather, 'father', 'Harold Thwaite')
  await tie(grandmother, grandfather, 'partner', 'Harold Thwaite')
  await tie(uncle, grandmother, 'mother', 'Edith Thwaite')
  await tie(uncle, grandfather, 'father', 'Harold Thwaite')
  await tie(kids.jonah, grandmother, 'grandparent', 'Edith Thwaite')
  await tie(kids.jonah, uncle, 'aunt-or-uncle', 'Craig Thwaite')
  await tie(kids.jonah, await adult('Nicola Greaves', 'F', '1975-01-01'), 'other', 'Nicola Greaves', {
    words: 'Football coach',
  })
  await fact(db.owner, 'risk_posed', {
    person_id: darren,
    kind: 'domestic-abuse',
    called: 'Darren Holroyd',
    words: 'Meet him at the office, two workers. Ring the police if he comes to the school.',
    from_day: '2026-06-01',
    review_on: '2027-05-01',
    owner_id: account,
    agreed_by: 'Ali Dunn',
    aware: true,
    aware_words: 'Told by letter of 3 June',
    origin: 'police',
    ask_first: true,
  })
  await fact(db.owner, 'hazard', {
    person_id: kids.jonah,
    kind: 'animal',
    words: 'Large dog in the yard',
    from_day: '2025-10-05',
    review_on: '2026-10-05',
    at_address: true,
    evidence: 'Seen on 5 October 2025',
    owner_id: account,
  })
  await fact(db.owner, 'communication_need', {
    person_id: kids.jonah,
    topic: 'language',
    answer: 'known',
    words: 'English, some Polish',
    asked_on: '2026-09-01',
    origin: 'child',
  })
  await fact(db.owner, 'communication_need', {
    person_id: kids.jonah,
    topic: 'adjustment',
    answer: 'refused',
    asked_on: '2026-09-01',
    origin: 'parent',
  })
  await fact(db.owner, 'contact_arrangement', {
    person_id: kids.jonah,
    other_person_id: darren,
    other_name: 'Darren Holroyd',
    contact: 'supervised',
    address: 'no',
    decided_by: 'court-order',
    words: 'Child arrangements order of 3 May 2026: Saturdays, two hours',
    from_day: '2026-05-03',
  })
  return kids.jonah
}

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  secret = session.secret
  child = await aWholeFamily(session.account.id)
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function window(options: { scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

const pages = (): Record<string, string> => ({
  genogram: `/children/${child}/family`,
  'family-find': `/children/${child}/family/find?q=craig+thwaite`,
  'family-relationship': `/children/${child}/family/relationships/add?other=${uncle}`,
  'family-responsibility': `/children/${child}/family/parental-responsibility/add`,
  'family-unknown-parent': `/children/${child}/family/unknown-parents/add`,
  warnings: `/children/${child}/warnings`,
  'warning-risk': `/children/${child}/warnings/risks/add`,
  'warning-hazard': `/children/${child}/warnings/hazards/add`,
  'who-may': `/children/${child}/who-may`,
  'who-may-decide': `/children/${child}/who-may/arrangements/add`,
  communication: `/children/${child}/communication`,
  'communication-need': `/children/${child}/communication/add?topic=interpreter`,
  front: `/children/${child}`,
})

/** Those that show most, also on a phone; the other forms are alike, and looked at on the laptop alone. */
const shown = ['genogram', 'warnings', 'who-may', 'communication']
const looks: Record<string, Look[]> = {
  ...Object.fromEntries([...shown, 'warning-hazard'].map((name): [string, Look[]] => [name, [['phone']]])),
  genogram: [['phone'], ['zoomed'], ['desktop', true]],
}

test.each(Object.keys(pages()))('%s: axe finds nothing, nothing sticks out', async (name) => {
  const { page, context, complaints } = await window()
  await expectLooksRight(page, pages()[name]!, [['desktop']])
  if (shown.includes(name)) await screenshot(page, name)
  await expectLooksRight(page, pages()[name]!, looks[name] ?? [])
  expect(complaints).toEqual([])
  await context.close()
})

const words = (page: Page) => page.textContent('main')

test('the family is drawn, and said as a list beside it', async () => {
  const { page, context } = await window()
  await page.goto(`/children/${child}/family`)
  const drawn = page.locator('svg[aria-labelledby="genogram-title"]')
  for (const name of ['Kelly Thwaite, mother', 'Darren Holroyd, father', 'Zofia Nowak'])
    expect(await drawn.locator('a > title, g[role]').filter({ hasText: name }).count()).toBe(1)
  await page.click('text=Genogram as a list')
  expect(await words(page)).toMatch(/child of (Kelly Thwaite and Marek Nowak|Marek Nowak and Kelly Thwaite)/)
  await drawn.locator('a', { hasText: 'Maja Nowak' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForLoadState()
  expect(await page.textContent('h1')).toBe('Summary')
  expect(await page.textContent('.identity')).toContain('Maja Nowak')
  await context.close()
})

test('without scripts somebody is found, recorded, corrected, and taken back as entered in error', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto(`/children/${child}/family`)
  await page.click('text=Add somebody')
  await page.fill('#relative', 'Bethany Ackroyd')
  await page.click('main button:has-text("Look")')
  await page.click('text=Add them')
  expect(await page.locator('form a:has-text("Leave it")').getAttribute('href')).toBe(
    `/children/${child}/family`,
  )
  await page.selectOption('#kind', 'friend')
  await page.fill('#words', 'Neighbour')
  await page.click('button:has-text("Save")')
  expect(await words(page)).toContain('Bethany Ackroyd')
  await page.click('tr:has-text("Bethany Ackroyd") >> text=Change')
  await page.click('text=This was entered in error')
  await page.fill('#reason', 'Another Jonah')
  await page.click('button:has-text("Take it out")')
  expect(await page.textContent('h1')).toBe('Family and network')
  expect(await words(page)).not.toContain('Bethany Ackroyd')
  await context.close()
})

test('warnings stand above every part of the record, and are read before a visit', async () => {
  const { page, context } = await window()
  await page.goto(`/children/${child}/chronology`)
  const bar = await page.textContent('.identity__hazards')
  expect(bar).toContain('Darren Holroyd may pose a risk to children: domestic abuse')
  expect(bar).toContain('Large dog in the yard (review overdue)')
  await page.click('nav >> text=Warnings')
  expect(await words(page)).toContain('Ring the police if he comes to the school')
  await context.close()
})
