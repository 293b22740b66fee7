import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countWaiting } from '../src/casework/count-dues.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed, fact, someone } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { type Cost, Hands } from './support/hands.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let children: string[]
const secrets: Record<string, string> = {}
const now = () => new Date('2026-11-25T09:30:00Z')
const document = readFileSync(join(import.meta.dirname, '../docs/recording-time.md'), 'utf8')

/** What the record says of the family before any task. */
const onRecord = [
  'Thwaite',
  'Maeve',
  'Maeve Thwaite',
  '3/9/2011',
  '3/9/2013',
  '3/9/2015',
  'FX1 2AB',
  '11/2/1990',
]

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db, { now }), areas })
  const team = await aTeam(db)
  await sql`update access.team set name = 'North' where id = ${team}`.execute(db.owner)
  const worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const manager = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  const door = await signedIn(db, { name: 'Moira Kendal', roles: ['A-DUTY', 'A-TM'] })
  Object.assign(secrets, { worker: worker.secret, manager: manager.secret, frontDoor: door.secret })
  ;({ children } = await aFamily(db.owner, { surname: 'Thwaite', children: 3 }))
  for (const one of children) await involve(db, one, { account: worker.account.id, team })
  await fact(db.owner, 'assessment', { person_id: children[0], assessment_start_date: '2026-10-28' })
  await someone(db.owner, { name: 'Bethany Ackroyd', born: '1988-01-09', sex: 'F' })
  const katherine = await aChild(db.owner, { name: 'Katherine Ashdown', born: '2014-03-05' })
  await involve(db, katherine, { account: worker.account.id })
  const nobodys = await aChild(db.owner, { forename: 'Skye', surname: 'Wren' })
  await anEpisodeOfNeed(db.owner, nobodys, { from: '2026-11-02' })
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

interface Task {
  /** As the document's table has it. */
  readonly called: string
  readonly who: 'worker' | 'manager' | 'frontDoor'
  /** Where the task begins. */
  from(): string
  perform(hands: Hands): Promise<void>
  /** What the last page shows. */
  readonly done: RegExp
}

const record = () => `/children/${children[0]}`
const filed = (hands: Hands) => hands.page.waitForURL(/notes\/[0-9a-f-]{36}$/)
const part = (hands: Hands, name: string) =>
  hands.click(hands.page.locator('.side').getByRole('link', { name, exact: true }))

const tasks: readonly Task[] = [
  {
    called: 'Write up a visit to one child',
    who: 'worker',
    from: record,
    async perform(hands) {
      await hands.keys('v')
      await hands.page.waitForURL(/notes\/new/)
      await hands.page.waitForSelector('html.has-scripts')
      await hands.tabTo(`[name="child[${children[0]}][seen]"]`, 'Space')
      await hands.tabTo('[name=what]')
      await hands.words('Seen at home after school.')
      await hands.keys('Control+Enter')
      await filed(hands)
    },
    done: /visit: seen, alone[\s\S]*Seen at home after school/,
  },
  {
    called: 'Write up a visit to three siblings',
    who: 'worker',
    from: record,
    async perform(hands) {
      await hands.keys('v')
      await hands.page.waitForURL(/notes\/new/)
      await hands.page.waitForSelector('html.has-scripts')
      for (const other of children.slice(1)) await hands.click(`input[name=others][value="${other}"]`)
      for (const child of children) await hands.click(`input[name="child[${child}][seen]"][value=alone]`)
      await hands.click('[name=what]')
      await hands.words('All three were at home.')
      await hands.keys('Control+Enter')
      await hands.page.waitForSelector('text=Each child’s note')
      await hands.click('button:has-text("File 3 notes")')
      await filed(hands)
    },
    done: /visit: seen, alone[\s\S]*with notes for other children[\s\S]*All three were at home/,
  },
  {
    called: 'Write a note of a telephone call',
    who: 'worker',
    from: record,
    async perform(hands) {
      await hands.keys('n')
      await hands.page.waitForURL(/notes\/new/)
      await hands.page.waitForSelector('html.has-scripts')
      await hands.choose('[name=kind]', 'te', 'Telephone call')
      await hands.click('[name=what]')
      await hands.words('The school rang about lunch.')
      await hands.keys('Control+Enter')
      await filed(hands)
    },
    done: /Telephone call[\s\S]*The school rang/,
  },
  {
    called: 'Add to a note',
    who: 'worker',
    from: record,
    async perform(hands) {
      await part(hands, 'Notes and visits')
      await hands.click(hands.page.locator('.note-line a'))
      await hands.click('textarea[name=what]')
      await hands.words('She rang again to say so.')
      await hands.keys('Control+Enter')
      await hands.page.waitForSelector('text=Added later')
    },
    done: /Added later[\s\S]*She rang again/,
  },
  {
    called: 'Find a child by a misheard name',
    who: 'worker',
    from: () => '/my-work',
    async perform(hands) {
      await hands.keys('/')
      await hands.lookFor('kathrin ashdon')
      await hands.page.waitForSelector('#bar-search[aria-expanded="true"]')
      expect(await hands.page.textContent('[role=option]')).toContain('Katherine Ashdown')
      await hands.keys('ArrowDown', 'Enter')
      await hands.page.waitForURL(/children\/[0-9a-f-]{36}$/)
    },
    done: /Parental responsibility/,
  },
  {
    called: 'Add a person',
    who: 'worker',
    from: () => '/my-work',
    async perform(hands) {
      await hands.keys('g', 'p')
      await hands.page.waitForURL(/people\/new/)
      await hands.page.waitForSelector('html.has-scripts')
      await hands.click('input[name=who][value=adult]')
      await hands.click('[name=forename]')
      await hands.type('Gwen')
      await hands.tabTo('[name=surname]')
      await hands.type('Pargeter')
      await hands.click('input[name=sex][value=F]')
      await hands.click('[name=born]')
      await hands.type('4/7/1961')
      await hands.click('.likely button[value=add]')
      await hands.page.waitForURL(/added/)
    },
    done: /is in the record, reference P-/,
  },
  {
    called: 'Record a relationship',
    who: 'worker',
    from: record,
    async perform(hands) {
      await part(hands, 'Family and network')
      await hands.click('text=Add somebody')
      await hands.click('#relative')
      await hands.lookFor('bethany ackroyd')
      await hands.keys('Enter')
      await hands.click(hands.page.locator('table').getByRole('link', { name: 'Bethany Ackroyd' }))
      await hands.choose('[name=kind]', 'au', 'Aunt or uncle')
      await hands.keys('Control+Enter')
      await hands.page.waitForURL(/family$/)
    },
    done: /Bethany Ackroyd/,
  },
  {
    called: 'Record an address change',
    who: 'worker',
    from: record,
    async perform(hands) {
      await part(hands, 'Names and addresses')
      await hands.click('text=Add an address')
      await hands.click('[name=lines]')
      await hands.type('9 Mill Lane, Fellby')
      await hands.tabTo('[name=postcode]')
      await hands.type('fx77aa')
      await hands.tabTo('[name=from]')
      await hands.type('20/11/2026')
      await hands.keys('Control+Enter')
      await hands.page.waitForURL(/details#address$/)
    },
    done: /9 Mill Lane, Fellby[\s\S]*FX7 7AA/,
  },
  {
    called: 'Say that what is due need not be done',
    who: 'manager',
    from: record,
    async perform(hands) {
      await part(hands, 'Due')
      await hands.click('a:has-text("not required")')
      await hands.click('input[name=kind][value=not-required]')
      await hands.click('[name=reason]')
      await hands.words('The family moved away.')
      await hands.keys('Control+Enter')
      await hands.page.waitForURL(/due#/)
    },
    done: /The family moved away/,
  },
  {
    called: 'Allocate a child',
    who: 'manager',
    from: () => '/my-work',
    async perform(hands) {
      await hands.click('summary:has-text("More")')
      await hands.click(hands.page.getByRole('link', { name: 'Allocate children' }))
      await hands.click('label:has-text("Skye Wren")')
      await hands.choose('[name=to]', 'north: s', 'North: Sam Okoro')
      await hands.click('button:has-text("Allocate")')
      await hands.page.waitForURL(/given=1/)
    },
    done: /1 child was allocated/,
  },
  {
    called: 'Take a contact by telephone and decide it',
    who: 'frontDoor',
    from: () => '/front-door',
    async perform(hands) {
      await hands.page.waitForSelector('body.js-enabled')
      await hands.keys('g', 'c')
      await hands.page.waitForURL(/contacts\/new/)
      await hands.page.waitForSelector('body.js-enabled')
      await hands.choose('[name=source]', 'sch', 'School')
      await hands.tabTo('[name=agency]')
      await hands.type('Fell Lane Primary')
      await hands.tabTo('[name=callerName]')
      await hands.type('Mrs Hallam')
      await hands.click('[name="person[0][name]"]')
      await hands.lookFor('kathrin ashdon')
      await hands.click('#who-0 label')
      await hands.page.locator('#who-0 input:checked').waitFor({ state: 'attached' })
      await hands.click('[name=what]')
      await hands.words('No coat again, and hungry.')
      for (const name of ['safe', 'consent', 'knows'])
        await hands.click(`input[name=${name}][value=${name === 'consent' ? 'given' : 'yes'}]`)
      await hands.keys('Control+Enter')
      await hands.page.waitForURL(/contacts\/[0-9a-f-]{36}$/)
      await hands.page.waitForSelector('body.js-enabled')
      await hands.keys('d', '2', 'r')
      await hands.words('Spoke with the school about breakfast club.')
      await hands.keys('Control+Enter')
      await hands.page.waitForSelector('text=Decided: Information and advice given')
    },
    done: /Decided: Information and advice given/,
  },
]

const row = (called: string, cost: Cost): string =>
  `| ${[called, cost.actions, cost.pages, cost.keyedAgain, cost.keystrokes, cost.clicks, cost.seconds].join(' | ')} |`

test.each(tasks)(
  '$called: counted as docs/recording-time.md says',
  async ({ called, who, from, perform, done }) => {
    const { page, context, complaints } = await openWindow(browser, { baseURL: service.address })
    await context.addCookies([{ name: 'session', value: secrets[who]!, url: service.address }])
    await page.goto(from())
    await page.waitForSelector('html.has-scripts')
    const hands = new Hands(page, onRecord)
    await perform(hands)
    await page.waitForLoadState()
    expect(await page.textContent('main')).toMatch(done)
    expect(complaints).toEqual([])
    await context.close()
    const cost = hands.cost()
    expect(cost.keyedAgain).toBe(0)
    expect(document.split('\n').filter((line) => line.startsWith(`| ${called} |`))).toEqual([
      row(called, cost),
    ])
  },
)

test('a visit to one child takes at most twelve keystrokes beside the words, and one page', () => {
  const [, , pages, , keystrokes] = document
    .split('\n')
    .find((line) => line.startsWith(`| ${tasks[0]!.called} |`))!
    .split('|')
    .slice(1)
    .map((cell) => Number(cell))
  expect(pages).toBe(1)
  expect(keystrokes).toBeLessThanOrEqual(12)
})

test('what the record has already counts as keyed again', async () => {
  const { page, context } = await openWindow(browser)
  const hands = new Hands(page, onRecord)
  await hands.type('fx1 2ab')
  await hands.type('FX9 9ZZ')
  expect(hands.cost()).toMatchObject({ keyedAgain: 1, keystrokes: 14, actions: 2 })
  await context.close()
})

test('a contact is taken and decided within three minutes', () => {
  const cells = document
    .split('\n')
    .find((line) => line.startsWith('| Take a contact by telephone and decide it |'))!
    .split('|')
  expect(Number(cells[7])).toBeLessThanOrEqual(180)
})
