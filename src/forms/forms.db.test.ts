import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRecords } from '../access/opening.ts'
import { reading, type Work, writing } from '../access/reading.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aFamily } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { eachName, onceName, takeName } from './answering.ts'
import { declareForm, type FormDone } from './areas.ts'
import { type Definition, definition } from './definition.ts'
import { dropEdited, inForce, publishEdited, saveEdited, withdrawForm } from './definitions-store.ts'
import { answersOf, beginForm, formsOf, keepAnswer } from './forms-store.ts'
import { paths } from './paths.ts'
import { bringForms, shippedForms } from './seed.ts'

const now = new Date('2026-11-25T10:00:00Z')
const assessment = () => shippedForms().find(({ key }) => key === 'child-and-family-assessment')!

let db: TestDatabase
let sam: Session
let mel: Session
let max: Session
let sue: Session
let worker: Visitor
let manager: Visitor
let children: string[]
const done: FormDone[] = []

declareForm({
  form: 'test-note',
  follows: ['Its plan begins'],
  mayBegin: async (_trx, _people, on) => (on < '2026-01-01' ? 'Nothing was open then' : undefined),
  done: async (_trx, one) => {
    done.push(one)
  },
})

/** A small form of the authority’s own, published by two people. */
const testNote: Definition = definition.parse({
  key: 'test-note',
  title: 'Test note',
  purpose: 'Says how things are at home',
  group: 'F12',
  signed: { roles: ['A-TM'] },
  sections: [
    {
      key: 'home',
      title: 'Home',
      questions: [
        { key: 'home', kind: 'long-text', label: 'How is it at home?', siblings: 'once', required: true },
        {
          key: 'before',
          kind: 'long-text',
          label: 'What it was before',
          from: [{ form: 'test-note', question: 'home' }],
        },
      ],
    },
    {
      key: 'child',
      title: 'The child',
      questions: [
        {
          key: 'says',
          kind: 'long-text',
          label: 'What the child says',
          group: 'F28',
          origin: 'child',
          required: true,
        },
        { key: 'well', kind: 'yes-no', label: 'Is the child well?', required: true },
      ],
    },
  ],
})

beforeAll(async () => {
  db = await testDatabase()
  const team = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  mel = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  max = await signedIn(db, { name: 'Max Hollis', roles: ['A-ADM'] })
  sue = await signedIn(db, { name: 'Sue Head', roles: ['A-SM'] })
  const house = await aHouse(db, { areas: every.filter(({ name }) => name !== 'access'), now: () => now })
  worker = new Visitor(house, sam)
  manager = new Visitor(house, mel)
  await writing(db.app, max, (trx) => saveEdited(trx, testNote))
  await writing(db.app, sue, (trx) => publishEdited(trx, 'test-note'))
})
afterAll(() => db?.close())
beforeEach(async () => {
  children = (await aFamily(db.owner, { children: 2 })).children
  for (const child of children) await involve(db, child, { account: sam.account.id })
  done.length = 0
})

async function as<T>(session: Session, work: Work<T>): Promise<T> {
  await openRecords(db.app, session, children, {
    purpose: 'a test',
    groups: ['F01', 'F12', 'F28'],
    action: 'write',
  })
  return writing(db.app, session, work)
}
const edited = (change: (form: Definition) => void) => {
  const form = structuredClone(assessment())
  change(form)
  return writing(db.app, max, (trx) => saveEdited(trx, form))
}
const question = (form: Definition, key: string) =>
  form.sections.flatMap(({ questions }) => questions).find((one) => one.key === key)!

describe('what the law asks', () => {
  test('no local version drops, hides, unbinds, moves behind a condition or rewords it; guidance may be theirs', async () => {
    const lost = { code: 'CA044' }
    const drop = (form: Definition) => {
      for (const section of form.sections)
        section.questions = section.questions.filter(({ key }) => key !== 'factors')
    }
    await expect(edited(drop)).rejects.toMatchObject(lost)
    await expect(edited((form) => void delete question(form, 'factors').binding)).rejects.toMatchObject(lost)
    await expect(
      edited((form) =>
        Object.assign(question(form, 'factors'), { showWhen: { question: 'seen', is: ['yes'] } }),
      ),
    ).rejects.toMatchObject(lost)
    await expect(
      edited((form) => Object.assign(form.sections.at(-2)!, { showWhen: { question: 'outside-harm' } })),
    ).rejects.toMatchObject(lost)
    await expect(
      edited((form) => Object.assign(question(form, 'seen'), { label: 'Was there a visit?' })),
    ).rejects.toMatchObject(lost)
    await expect(
      edited((form) => Object.assign(question(form, 'factors'), { required: false })),
    ).rejects.toMatchObject(lost)
    await edited((form) => Object.assign(question(form, 'factors'), { guidance: 'Ask your manager' }))
    await expect(
      writing(db.app, sue, (trx) => withdrawForm(trx, 'child-and-family-assessment', 'we would rather not')),
    ).rejects.toMatchObject({ code: 'CA044' })
    await writing(db.app, max, (trx) => dropEdited(trx, 'child-and-family-assessment'))
  })

  test('published by a second person, by those who look after forms; not changed afterwards', async () => {
    await edited((form) => Object.assign(question(form, 'health'), { label: 'Health and growing' }))
    await expect(
      writing(db.app, max, (trx) => publishEdited(trx, 'child-and-family-assessment')),
    ).rejects.toMatchObject({ statusCode: 403 })
    await expect(
      writing(db.app, mel, (trx) => publishEdited(trx, 'child-and-family-assessment')),
    ).rejects.toMatchObject({ statusCode: 403 })
    await writing(db.app, sue, (trx) => publishEdited(trx, 'child-and-family-assessment'))
    const now_ = await reading(db.app, sam, (trx) => inForce(trx, 'child-and-family-assessment'))
    expect([now_!.number, question(now_!.form, 'health').label, now_!.publishedBy]).toEqual([
      2,
      'Health and growing',
      'Sue Head',
    ])
    // A new version of Cairn brings nothing new: theirs stands. When it does, theirs stands and the new one waits.
    const client = { query: async (text: string, values: unknown[] = []) => run(text, values) }
    await bringForms(client)
    expect((await versions('child-and-family-assessment')).length).toBe(2)
    const newer = structuredClone(assessment())
    newer.purpose = 'Brought anew'
    await run('select forms.bring($1::jsonb, $2::jsonb)', [JSON.stringify(newer), '[]'])
    expect(await versions('child-and-family-assessment')).toEqual(['replaced', 'published', 'draft'])
    await bringForms(client)
  })

  const run = (text: string, values: unknown[]) =>
    sql`select forms.bring(${values[0]}::jsonb, ${values[1]}::jsonb)`.execute(db.owner).then(() => text)
  const versions = async (key: string) =>
    (
      await sql<{
        state: string
      }>`select state from forms.version where definition = ${key} order by number`.execute(db.owner)
    ).rows.map(({ state }) => state)
})

const home = onceName('home')
const says = (child: string) => eachName(child, 'says')
const well = (child: string) => eachName(child, 'well')

/** Begins a test note for both children over the pages; the id of the work. */
async function begun(): Promise<string> {
  const [first, second] = children
  const address = paths.begin({ person: first!, form: 'test-note' })
  const answer = await worker.post(address, { on: '24/11/2026', others: second! })
  expect(answer.statusCode).toBe(303)
  return /forms\/([0-9a-f-]{36})\/write\/home$/.exec(answer.headers.location as string)![1]!
}
const stood = (body: string) => /name="_stood" value="([^"]*)"/.exec(body)![1]!.replaceAll('&quot;', '"')

async function written(work: string, section: string, values: Record<string, string>) {
  const address = paths.write({ person: children[0]!, work, section })
  return worker.post(address, { ...values, _stood: stood((await worker.get(address)).body) })
}
async function filled(work: string): Promise<void> {
  await written(work, 'home', { [home]: 'Warm and tidy' })
  await written(work, 'child', {
    [says(children[0]!)]: 'I like my room',
    [says(children[1]!)]: 'I miss Dad',
    [well(children[0]!)]: 'yes',
    [well(children[1]!)]: 'no',
  })
}
const submit = (work: string) =>
  worker.post(paths.review({ person: children[0]!, work }), { words: 'Please read the end' })

describe('a form for two children', () => {
  test('answered once, kept for each in their own record with who said it, signed, and its area told', async () => {
    const work = await begun()
    expect(mainWords((await worker.get(paths.review({ person: children[0]!, work }))).body)).toContain(
      'Still to be answered',
    )
    await filled(work)
    const { rows } = await sql<{
      person: string
      question: string
      words: string
      group: string
      origin: string
      shared: boolean
    }>`
      select a.person_id as person, a.question, a.words, a.field_group as group, a.origin, a.shared from record.form_answer a
        join record.form f on f.id = a.form_id where f.work_id = ${work} and a.words is not null order by a.question, a.words`.execute(
      db.owner,
    )
    expect(
      rows.map(({ question: asked, words, group, origin, shared }) => [asked, words, group, origin, shared]),
    ).toEqual([
      ['home', 'Warm and tidy', 'F12', 'worker', true],
      ['home', 'Warm and tidy', 'F12', 'worker', true],
      ['says', 'I like my room', 'F28', 'child', false],
      ['says', 'I miss Dad', 'F28', 'child', false],
    ])
    expect((await submit(work)).statusCode).toBe(303)
    expect((await worker.get(paths.write({ person: children[0]!, work, section: 'home' }))).statusCode).toBe(
      409,
    )
    const signing = caseworkPaths.signing({ person: children[1]!, work })
    const page = mainWords((await manager.get(signing)).body)
    for (const words of ['Warm and tidy', 'I miss Dad', 'Please read the end', 'Its plan begins'])
      expect(page).toContain(words)
    expect((await manager.post(signing, { decision: 'authorised', words: 'Clear' })).statusCode).toBe(303)
    expect(done.flatMap(({ of }) => of.map(({ answers }) => answers.get('well')?.value)).toSorted()).toEqual([
      'no',
      'yes',
    ])
    const read = mainWords((await worker.get(paths.read({ person: children[0]!, work }))).body)
    expect(read).toContain('I like my room')
    expect(read).not.toContain('I miss Dad')
    expect(read).toContain('Signed')
    // What was written forward is offered to the next one, and taken over with a tick.
    const next = await begun()
    const address = paths.write({ person: children[0]!, work: next, section: 'home' })
    expect(mainWords((await worker.get(address)).body)).toContain('Still right: take it over')
    await written(next, 'home', { [takeName(children[0]!, 'before')]: 'yes' })
    expect((await worker.get(address)).body).toMatch(/before\]"[^>]*>Warm and tidy<\/textarea>/)
    const kept = await as(sam, async (trx) => {
      const rows = await formsOf(trx, [children[0]!])
      const row = rows.find((one) => one.work === next)!
      return (await answersOf(trx, [row])).get(row.form)!.get('before')
    })
    expect(kept).toMatchObject({ value: 'Warm and tidy', source: { title: 'Test note', day: '2026-11-25' } })
  })

  test('returned with reasons, changed, the change marked for both, and signed again', async () => {
    const work = await begun()
    await filled(work)
    await submit(work)
    const signing = caseworkPaths.signing({ person: children[0]!, work })
    await manager.post(signing, { decision: 'returned', words: 'Which rooms?' })
    expect(mainWords((await worker.get(paths.review({ person: children[0]!, work }))).body)).toContain(
      'Which rooms?',
    )
    await written(work, 'home', { [home]: 'Warm and tidy, both bedrooms seen' })
    const review = (await worker.get(paths.review({ person: children[0]!, work }))).body
    expect(review).toContain('<ins>')
    expect(mainWords(review)).toContain('1 answer changed')
    await submit(work)
    expect((await manager.get(signing)).body).toContain('<ins>')
    expect((await manager.post(signing, { decision: 'authorised', words: 'Now it is' })).statusCode).toBe(303)
  })

  test('a manager on duty, to whom the child’s own words are not open, may return it and not sign it', async () => {
    const work = await begun()
    await filled(work)
    await submit(work)
    const duty = await signedIn(db, { name: 'Dee Duty', roles: ['A-TM'] })
    await sql`insert into access.duty (account_id, team_id, during)
      select ${duty.account.id}, m.team_id, tstzrange(now() - interval '1 hour', now() + interval '1 hour')
        from access.membership m where m.account_id = ${sam.account.id}`.execute(db.owner)
    const visitor = new Visitor(worker.server, duty)
    const signing = caseworkPaths.signing({ person: children[0]!, work })
    const page = (await visitor.get(signing)).body
    expect(mainWords(page)).toContain('Part of it is not open to you')
    expect(page).not.toContain('value="authorised"')
    expect((await visitor.post(signing, { decision: 'authorised', words: 'Fine' })).statusCode).toBe(409)
    expect((await visitor.post(signing, { decision: 'returned', words: 'Ask Mel' })).statusCode).toBe(303)
  })

  test('two who write in one form: what the other filed is not overwritten by a page that was shown before', async () => {
    const work = await begun()
    const address = paths.write({ person: children[0]!, work, section: 'home' })
    const shown = stood((await worker.get(address)).body)
    await written(work, 'home', { [home]: 'Warm' })
    const late = await worker.post(address, { [home]: 'Cold', _stood: shown })
    expect(late.statusCode).toBe(422)
    expect(late.body).toContain('Somebody else filed something here meanwhile')
    const untouched = await worker.post(address, { [home]: '', _stood: shown })
    expect(untouched.statusCode).toBe(303)
    expect((await worker.get(address)).body).toContain('>Warm</textarea>')
  })

  test('begun too early, by a stranger, or half filled it goes no further', async () => {
    const address = paths.begin({ person: children[0]!, form: 'test-note' })
    const early = await worker.post(address, { on: '1/12/2025' })
    expect([early.statusCode, mainWords(early.body)]).toEqual([
      422,
      expect.stringContaining('Nothing was open then'),
    ])
    const far = await signedIn(db, { name: 'Far', roles: ['A-SW'] })
    const house = worker.server
    expect((await new Visitor(house, far).get(address)).statusCode).toBe(403)
    const work = await begun()
    await written(work, 'home', { [home]: 'Warm' })
    expect((await submit(work)).statusCode).toBe(422)
    // Whoever may not write on the other child’s record does not write for both.
    const one = await signedIn(db, { name: 'One', roles: ['A-SW'] })
    await involve(db, children[0]!, { account: one.account.id }, { kind: 'co-working' })
    const other = await new Visitor(house, one).get(
      paths.write({ person: children[0]!, work, section: 'home' }),
    )
    expect(other.statusCode).toBe(403)
  })

  test('on the wrong record it goes to the right one with everything that stood before; the others keep theirs', async () => {
    const work = await begun()
    await filled(work)
    await submit(work)
    const { children: right } = await aFamily(db.owner, { children: 1 })
    await involve(db, right[0]!, { account: sam.account.id })
    const { rows } = await sql<{ reference: string }>`
      select reference from record.index_card where person_id = ${right[0]}`.execute(db.owner)
    const address = paths.wrongRecord({ person: children[1]!, work })
    const answer = await worker.post(address, {
      to: 'somebody',
      person: rows[0]!.reference,
      reason: 'A cousin of the same name',
    })
    expect(answer.statusCode).toBe(303)
    const page = await worker.get(answer.headers.location as string)
    expect(mainWords(page.body)).toContain('I miss Dad')
    expect((await worker.get(paths.read({ person: children[1]!, work }))).statusCode).toBe(404)
    expect((await worker.get(paths.read({ person: children[0]!, work }))).statusCode).toBe(200)
    const { rows: left } = await sql`
      select from history.form_answer where person_id = ${children[1]} union all select from record.sign_off where person_id = ${children[1]}`.execute(
      db.owner,
    )
    expect(left).toEqual([])
  })

  test('ended unfinished it is read, and no more written in', async () => {
    const work = await begun()
    await written(work, 'home', { [home]: 'Warm' })
    await worker.post(paths.end({ person: children[0]!, work }), { because: 'They moved to Kent' })
    expect((await worker.get(paths.write({ person: children[0]!, work, section: 'home' }))).statusCode).toBe(
      409,
    )
    expect(mainWords((await worker.get(paths.read({ person: children[1]!, work }))).body)).toContain(
      'They moved to Kent',
    )
  })
})

test('what was answered is read in the version it was answered in, changed or withdrawn since', async () => {
  const own: Definition = { ...testNote, key: 'own-form', title: 'Own form', signed: undefined }
  await writing(db.app, max, (trx) => saveEdited(trx, own))
  await writing(db.app, sue, (trx) => publishEdited(trx, 'own-form'))
  const first = (await reading(db.app, sam, (trx) => inForce(trx, 'own-form')))!
  const { work } = await as(sam, async (trx) => {
    const begun = await beginForm(trx, first, {
      of: [{ person: children[0]! }],
      on: '2026-11-25',
      account: sam.account.id,
    })
    await keepAnswer(trx, begun.forms[0]!, first, question(first.form, 'home'), {
      value: 'As it was',
      shared: false,
    })
    return begun
  })
  await writing(db.app, sue, (trx) =>
    saveEdited(trx, {
      ...own,
      sections: [
        {
          key: 'new',
          title: 'New',
          questions: [{ ...question(own, 'well'), key: 'new', label: 'Quite new' }],
        },
      ],
    }),
  )
  await writing(db.app, max, (trx) => publishEdited(trx, 'own-form'))
  await writing(db.app, max, (trx) => withdrawForm(trx, 'own-form', 'Nobody used it'))
  const page = mainWords((await worker.get(paths.read({ person: children[0]!, work }))).body)
  expect(page).toContain('How is it at home? As it was')
  expect(page).not.toContain('Quite new')
  expect((await worker.get(paths.begin({ person: children[0]!, form: 'own-form' }))).statusCode).toBe(404)
})

describe('the pages of those who look after forms', () => {
  test('made, a question added and moved, looked at as a worker sees it, put in force by a colleague, withdrawn', async () => {
    const house = worker.server
    const [admin, head] = [new Visitor(house, max), new Visitor(house, sue)]
    expect((await worker.get(paths.keep())).statusCode).toBe(403)
    const made = await admin.post(paths.keep(), {
      title: 'Young carer’s check',
      purpose: 'Asks how it is',
      group: 'F12',
    })
    const address = made.headers.location as string
    expect(address).toBe(paths.kept({ form: 'young-carer-s-check' }))
    const asked = { form: 'young-carer-s-check', section: 'first' }
    const question = {
      label: 'How often do you care?',
      kind: 'one-of',
      options: 'Every day\nSome days',
      about: 'child',
      siblings: 'each',
      care: 'special',
      childMayRead: 'yes',
      parentMayRead: 'yes',
      required: 'yes',
    }
    const adding = paths.keptQuestion({ ...asked, question: 'new' })
    const wrong = await admin.post(adding, { ...question, options: 'Only one' })
    expect([wrong.statusCode, wrong.body.includes('Some days')]).toEqual([422, false])
    expect((await admin.post(adding, question)).statusCode).toBe(303)
    await admin.post(
      paths.keptMove(asked),
      { question: 'how-often-do-you-care', to: 'up' },
      { page: address },
    )
    await admin.post(paths.keptSection({ ...asked, section: 'new' }), {
      title: 'More',
      shownBy: 'how-often-do-you-care',
      shownIs: 'every-day',
    })
    const page = mainWords((await admin.get(address)).body)
    expect(page.indexOf('How often do you care?')).toBeLessThan(page.indexOf('What there is to say'))
    expect(page).toContain('If ‘How often do you care?’ is Every day')
    expect(page).not.toContain('Put it in force')
    expect(mainWords((await admin.get(paths.preview(asked))).body)).toContain('How often do you care?')
    expect((await head.post(paths.publish({ form: asked.form }), {}, { page: address })).statusCode).toBe(303)
    expect(mainWords((await worker.get(paths.ofPerson({ person: children[0]! }))).body)).toContain(
      'Young carer’s check',
    )
    await admin.post(paths.withdraw({ form: asked.form }), { because: 'Another does it' }, { page: address })
    expect(mainWords((await worker.get(paths.ofPerson({ person: children[0]! }))).body)).not.toContain(
      'Young carer’s check',
    )
  })

  test('of a statutory question only the guidance can be changed, and nothing takes it out', async () => {
    const admin = new Visitor(worker.server, max)
    const form = 'child-in-need-plan-review'
    expect((await admin.get(paths.kept({ form }))).body).not.toContain('Statutory</')
    const asked = { form: 'return-home-interview', section: 'offer' }
    const address = paths.keptQuestion({ ...asked, question: 'offered' })
    expect((await admin.get(address)).body).not.toContain('name="label"')
    expect((await admin.post(address, { guidance: 'Ask twice', label: 'Changed' })).statusCode).toBe(303)
    const page = (await admin.get(paths.kept({ form: asked.form }))).body
    expect(mainWords(page)).toMatch(/Changed : Was an interview offered\?.*the guidance/)
    const out = await admin.post(
      paths.keptMove(asked),
      { question: 'offered', to: 'out' },
      { page: paths.kept({ form: asked.form }) },
    )
    expect(out.statusCode).toBe(409)
    await admin.post(paths.dropEdited({ form: asked.form }), {}, { page: paths.kept({ form: asked.form }) })
  })
})
