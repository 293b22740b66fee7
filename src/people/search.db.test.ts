import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aFamily, fact, someone } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { parseDate } from '../web/words.ts'
import { findPeople } from './index-store.ts'
import { likelyOf } from './likely.ts'
import { questionOf } from './model.ts'

const today = '2026-11-25'
let db: TestDatabase
let session: Session

beforeAll(async () => {
  db = await testDatabase()
  session = await signedIn(db, { roles: ['A-SW'] })
  // Enough others that an answer of everybody would be no answer.
  for (const name of [
    'Rowan Fellside',
    'Skye Larkfield',
    'Jude Holloway',
    'Idris Brackenbury',
    'Tobias Wren',
  ])
    await aChild(db.owner, { name, born: '2010-01-31' })
})
afterAll(() => db?.close())

const likely = (typed: string) =>
  likelyOf(
    questionOf(typed, (text) => parseDate(text, today)),
    '2027-09-01',
  )

async function found(typed: string) {
  const asked = likely(typed)
  await openList(db.app, session, 'search', { purpose: 'a test of the search', asked: typed })
  return reading(db.app, session, (trx) => findPeople(trx, asked, 10))
}

const other = (person: string, name: string, kind: string) =>
  fact(db.owner, 'person_name', { person_id: person, natural_key: `${kind} ${name}`, kind, full_name: name })

describe('a name as it is heard or typed finds whom it means, and says why', () => {
  test.each<[string, string, string, string]>([
    ['a misspelling', 'Brendan Hetherington', 'brendan hethersington', 'alike'],
    ['neighbouring letters swapped', 'Marcus Pendlebury', 'marcus pednlebury', 'alike'],
    ['what sounds alike', 'Philippa Knightley', 'filipa nightly', 'sounds'],
    ['a transliteration', 'Mohammed Siddiqui', 'Muhammad Siddiqui', 'spelling'],
    ['silent letters', 'Wrenna Knightley', 'renna nitely', 'sounds'],
    ['an abbreviation', 'Muhammad Chaudhry', 'Mohd Chowdhury', 'short'],
    ['another spelling', 'Ayesha Qureshi', 'aisha qureishi', 'spelling'],
    ['a short form', 'Katherine Ashdown', 'kate ashdown', 'short'],
    ['the long form of a short one', 'Bill Oakenshaw', 'william oakenshaw', 'short'],
    ['a short form of the same name', 'Lizzie Marchbank', 'beth marchbank', 'short'],
    ['a Polish ending', 'Zofia Wiśniewska', 'zofia wisniewski', 'ending'],
    ['a Slovak ending', 'Lubica Horváthová', 'lubica horvath', 'ending'],
    ['a letter no keyboard here has', 'Michał Łuczak', 'michal luczak', 'name'],
    ['half of a double-barrelled name', 'Edith Carrow-Vane', 'edith vane', 'name'],
    ['a double-barrelled name in one', 'Otis Leighmoor', 'otis leigh moor', 'joined'],
    ['a name in two parts', 'Abdulrahman Yarow', 'abdul rahman yarow', 'joined'],
    ['last name first', 'Ottoline Fairweather', 'fairweather ottoline', 'name'],
    ['a name half typed', 'Persephone Quillfeather', 'persephone quillf', 'begins'],
    ['a custom name left out', 'Harpreet Kaur Dhaliwal', 'harpreet dhaliwal', 'name'],
    ['a custom name put in', 'Simran Sahota', 'simran kaur sahota', 'name'],
  ])('%s', async (_, name, typed, why) => {
    const person = await aChild(db.owner, { name })
    const [first] = await found(typed)
    expect(first?.id).toBe(person)
    expect(first?.matched).toContain(why)
  })

  test('one name only, on the record or said', async () => {
    const only = await aChild(db.owner, { name: 'Suharto' })
    expect((await found('suharto'))[0]?.id).toBe(only)
    expect((await found('suharto rahimi'))[0]?.id).toBe(only)
  })

  test('a former name and a nickname, for what they are', async () => {
    const woman = await someone(db.owner, { name: 'Gwendolen Strickland' })
    await other(woman, 'Gwendolen Featherstonehaugh', 'former')
    await other(woman, 'Binky', 'also-known-as')
    expect(await found('gwendolen featherstonehaugh')).toMatchObject([
      { id: woman, matched: ['name', 'former'] },
    ])
    expect(await found('binky')).toMatchObject([
      { id: woman, matched: ['former'], name: 'Gwendolen Strickland' },
    ])
  })

  test('the likelier come first', async () => {
    const exact = await aChild(db.owner, { name: 'Delia Morcambe', born: '2012-04-05' })
    const near = await aChild(db.owner, { name: 'Delia Morecambe', born: '2012-04-05' })
    const ids = (await found('delia morecambe 5/4/2012')).map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual([near, exact])
  })

  test('who is like nothing that was said is not there', async () => {
    expect(await found('Xanthippe Zzyzx')).toEqual([])
  })
})

describe('a birth date as it is remembered', () => {
  let child: string
  beforeAll(async () => {
    child = await aChild(db.owner, { name: 'Cosmo Trelawney', born: '2013-05-08' })
  })
  test.each([
    ['right', '8/5/2013', 'day-as-said'],
    ['day and month swapped', '5/8/2013', 'day-swapped'],
    ['a digit out in the day', '18/5/2013', 'day-digit'],
    ['a digit out in the year', '8/5/2018', 'day-digit'],
    ['two digits turned', '8/5/2031', 'day-turned'],
    ['the day after', '9/5/2013', 'day-digit'],
  ])('%s', async (_, day, why) => {
    if (why === 'day-turned') return expect((await found(`trelawny ${day}`))[0]?.id).toBe(child)
    const [first] = await found(`cosmo trelawny ${day}`)
    expect(first?.id).toBe(child)
    expect(first?.matched).toContain(why)
  })

  test('the month ends between: the day before', async () => {
    const one = await aChild(db.owner, { name: 'Ignatius Pomfret', born: '2014-02-28' })
    expect((await found('ignatius pomfret 1/3/2014'))[0]).toMatchObject({
      id: one,
      matched: ['name', 'name', 'day-beside'],
    })
  })

  test('one that was estimated', async () => {
    const guessed = await aChild(db.owner, {
      name: 'Tesfalem Habte',
      born: '2009-01-01',
      more: { date_of_birth_estimated: true },
    })
    expect((await found('tesfalem habte 17/9/2009'))[0]).toMatchObject({
      id: guessed,
      matched: ['name', 'name', 'day-estimated'],
    })
  })

  test('an expected one', async () => {
    const unborn = await aChild(db.owner, {
      name: 'Baby Ravensworth',
      born: null,
      more: { expected_date_of_birth: '2027-02-03' },
    })
    expect((await found('3/2/2027')).map(({ id }) => id)).toEqual([unborn])
  })
})

describe('a number', () => {
  test('a telephone number, however it is written, and never a protected one', async () => {
    const [one, hidden] = [await someone(db.owner), await someone(db.owner)]
    const call = (person_id: string, value: string, more = {}) =>
      fact(db.owner, 'contact_detail', { person_id, kind: 'mobile', value, natural_key: value, ...more })
    await call(one, '+44 7700 900 417')
    await call(hidden, '07700 900418', { protected: true })
    for (const typed of ['07700 900417', '07700900417', '+44 (0)7700 900417'])
      expect(await found(typed)).toMatchObject([{ id: one, matched: ['phone'] }])
    expect(await found('07700 900418')).toEqual([])
  })

  test('a postcode, its area, and the names there', async () => {
    const here = await aChild(db.owner, { name: 'Ambrose Tindall', postcode: 'ZE2 9QQ' })
    await aChild(db.owner, { name: 'Ambrose Tyndale', postcode: 'AB1 1AA' })
    expect((await found('ze2 9qq')).map(({ id }) => id)).toEqual([here])
    expect((await found('ambros tindel ze2'))[0]).toMatchObject({ id: here })
  })
})

describe('part of an address', () => {
  const lives = (person_id: string, address_lines: string, more = {}) =>
    fact(db.owner, 'address', { person_id, kind: 'home', address_lines, from_day: '2020-01-01', ...more })
  const idsOf = async (typed: string) => (await found(typed)).map(({ id }) => id)

  test('narrows a name, and says so, and not where it is', async () => {
    const [here, near, away] = [
      await aChild(db.owner, { name: 'Ottilie Penhaligon' }),
      await aChild(db.owner, { name: 'Ottilie Penhaligon' }),
      await aChild(db.owner, { name: 'Ottilie Penhaligon' }),
    ]
    await lives(here, 'Flat 2, 14 Tenterhook Lane, Otterby')
    await lives(near, '3 Tenterhook Lane, Fellbridge')
    await lives(away, '14 Quarry Bank, Otterby')
    const answer = await found('ottilie penhaligon, 14 Tenterhook Ln')
    expect(answer.map(({ id }) => id)).toEqual([here, near, away])
    expect(answer.map(({ matched }) => matched.at(-1))).toEqual(['address', 'street', 'name'])
    expect(JSON.stringify(answer)).not.toMatch(/tenterhook/i)
    // Misheard, in its kind too; and of two on one street the one in the town that was said.
    expect((await found('ottilie penhaligan 14 tenterhok road'))[0]).toMatchObject({ id: here })
    expect((await idsOf('ottilie tenterhook lane fellbridge'))[0]).toBe(near)
  })

  test('alone finds who lives there, the house before its street', async () => {
    const [mother, son, neighbour] = [
      await someone(db.owner, { name: 'Bettina Umpleby' }),
      await aChild(db.owner, { name: 'Caspar Umpleby' }),
      await someone(db.owner, { name: 'Dorcas Vickerman' }),
    ]
    await lives(mother, '27 Saltergate Crescent\nOtterby')
    await lives(son, '27 Saltergate Crescent\nOtterby')
    await lives(neighbour, '5 Saltergate Crescent')
    for (const typed of ['27 Saltergate Crescent', '27 saltergate', '27 Saltergate Cres, Otterby']) {
      const answer = await idsOf(typed)
      expect(new Set(answer.slice(0, 2))).toEqual(new Set([mother, son]))
      expect(answer[2]).toBe(neighbour)
    }
    expect((await found('saltersgate crescent')).map(({ matched }) => matched)).toEqual(
      Array(3).fill(['street-alike']),
    )
    expect(await idsOf('Nethergate Crescent')).toEqual([])
  })

  test('a former one counts, for what it is, and for less', async () => {
    // Not by chance somebody called Rowan, whom ‘Row’ begins.
    const [moved, stayed] = [
      await aChild(db.owner, { name: 'Ignatius Quill' }),
      await aChild(db.owner, { name: 'Ignatius Quill' }),
    ]
    await lives(moved, '9 Weavers Row, Otterby', { to_day: '2024-05-01', from_day: '2019-01-01' })
    await lives(stayed, '9 Weavers Row, Otterby')
    expect(await found('9 Weavers Row')).toMatchObject([
      { id: stayed, matched: ['address'] },
      { id: moved, matched: ['former-address'] },
    ])
  })

  const knowsStreet = async (street: string) =>
    (
      await sql`select from foundation.street_name where street = ${street}
                union all select from foundation.person_street where keys && ${[street, `~${street}`]}`.execute(
        db.owner,
      )
    ).rows.length > 0

  test('that is protected, or must not be told, is found by nothing and hinted at by nothing', async () => {
    const [hidden, told, once] = [
      await aChild(db.owner, { name: 'Perdita Lockwood' }),
      await aChild(db.owner),
      await aChild(db.owner),
    ]
    await lives(hidden, '4 Refuge Passage', { protected: true })
    await lives(told, '6 Hidden Passage')
    expect(await idsOf('6 Hidden Passage')).toEqual([told])
    await fact(db.owner, 'hazard', {
      person_id: told,
      kind: 'address-not-to-be-told',
      words: 'Moved away from her father',
      from_day: '2024-01-01',
    })
    await lives(once, '8 Sheltered Passage')
    expect(await idsOf('8 Sheltered Passage')).toEqual([once])
    await sql`update record.address set protected = true where person_id = ${once}`.execute(db.owner)
    for (const [typed, street] of [
      ['4 Refuge Passage', 'refuge passage'],
      ['6 Hidden Passage', 'hidden passage'],
      ['8 Sheltered Passage', 'sheltered passage'],
    ] as const) {
      expect(await idsOf(typed)).toEqual([])
      expect(await knowsStreet(street)).toBe(false)
    }
    const [one] = await found('perdita lockwood, 4 Refuge Road')
    expect(one).toMatchObject({ id: hidden, matched: ['name', 'name'] })
  })

  test.each([2, 3, 4] as const)('of somebody restricted at level %i finds nobody', async (level) => {
    const street = ['gannister road', 'oakenclough road', 'tippler road'][level - 2]!
    const person = await aChild(db.owner, { name: 'Leontine Marchbanks' })
    await lives(person, `1 ${street}`)
    expect(await idsOf(`1 ${street}`)).toEqual([person])
    await restricted(db, person, level)
    expect(await idsOf(`1 ${street}`)).toEqual([])
    expect(await idsOf(`leontine marchbanks, 1 ${street}`)).not.toContain(person)
    expect(await knowsStreet(street)).toBe(false)
    await sql`update record.restriction set to_at = now() where person_id = ${person}`.execute(db.owner)
    expect(await idsOf(`1 ${street}`)).toEqual([person])
  })

  test('of records that are one finds the one that leads', async () => {
    const [leads, led] = [
      await aChild(db.owner, { name: 'Marguerite Flint' }),
      await aChild(db.owner, { name: 'Margaret Flint' }),
    ]
    await lives(led, '31 Coopers Yard')
    await fact(db.owner, 'person_alias', { person_id: led, same_as: leads, reason: 'the same girl' })
    expect(await idsOf('31 coopers yard')).toEqual([leads])
  })
})

describe('who lives with whom', () => {
  test('is said of those who may be found, and not where an address is protected', async () => {
    const { mother, children } = await aFamily(db.owner, { surname: 'Quartermain', children: 2 })
    const at = async () =>
      Object.fromEntries((await found('quartermain')).map(({ id, household }) => [id, household]))
    const maeve = { id: mother, name: 'Maeve Quartermain' }
    expect((await at())[children[0]!]).toEqual([maeve])
    expect((await at())[mother]).toHaveLength(2)
    await fact(db.owner, 'address', {
      person_id: children[1]!,
      kind: 'home',
      postcode: 'AB1 2CD',
      protected: true,
    })
    expect((await at())[children[1]!]).toEqual([])
    await restricted(db, mother, 2)
    expect((await at())[children[0]!]).toEqual([])
  })
})

test('a father in two families is found with the children of both, and with none who must not be named', async () => {
  const father = await someone(db.owner, { name: 'Barnaby Throckmorton' })
  const children: string[] = []
  for (const [name, at_home] of [
    ['Elsie Throckmorton', true],
    ['Fern Arkwright', false],
    ['Gale Babbage', null],
    ['Holly Cubitt', null],
    ['Ivy Dalloway', null],
  ] as const) {
    const child = await aChild(db.owner, { name })
    children.push(child)
    await fact(db.owner, 'relationship', {
      person_id: child,
      other_person_id: father,
      kind: 'father',
      same_household: at_home,
    })
  }
  await restricted(db, children[3]!, 2)
  await fact(db.owner, 'address', {
    person_id: children[4]!,
    kind: 'home',
    address_lines: '1 Far Away',
    protected: true,
  })
  const [one] = await found('barnaby throckmorton')
  expect(one).toMatchObject({ id: father, household: [{ name: 'Elsie Throckmorton' }] })
  expect(one!.elsewhere.map(({ name }) => name).sort()).toEqual(['Fern Arkwright', 'Gale Babbage'])
})

describe('who must not be found', () => {
  const knowsWord = async (word: string) =>
    (await sql`select from foundation.name_word where word = ${word}`.execute(db.owner)).rows.length > 0

  test.each([2, 3, 4] as const)(
    'at level %i is found by nothing, and their name is no word of the search',
    async (level) => {
      const surname = `Zwartkop${'abc'[level - 2]}`
      const person = await aChild(db.owner, {
        name: `Wilhelmina ${surname}`,
        born: '2011-11-11',
        postcode: 'XX9 9XX',
      })
      expect(await knowsWord(surname.toLowerCase())).toBe(true)
      await restricted(db, person, level)
      for (const typed of [surname, `Wilhelmina ${surname} 11/11/2011`, `vilhelmina 11/11/2011`, 'XX9 9XX'])
        expect((await found(typed)).map(({ id }) => id)).not.toContain(person)
      expect(await knowsWord(surname.toLowerCase())).toBe(false)
      expect(await knowsWord('wilhelmina')).toBe(false)
    },
  )

  test('a word that somebody else bears too stays', async () => {
    const [kept, open] = [
      await aChild(db.owner, { name: 'Thaddeus Oxenbridge' }),
      await aChild(db.owner, { name: 'Alma Oxenbridge' }),
    ]
    await restricted(db, kept, 3)
    expect((await found('thaddeus oxenbridge')).map(({ id }) => id)).toEqual([open])
  })

  test('a question that only somebody sealed fits asks the database the same', async () => {
    const sealed = await aChild(db.owner, { name: 'Hyacinth Vanterpool', born: '2012-12-12' })
    await restricted(db, sealed, 3)
    const asked: string[] = []
    const heard = db.app.withPlugin({
      transformQuery: ({ node }) => {
        asked.push(JSON.stringify('sqlFragments' in node ? node.sqlFragments : node.kind))
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const statementsOf = async (typed: string) => {
      asked.length = 0
      await openList(heard, session, 'search', { purpose: 'a test of the search' })
      const found = await reading(heard, session, (trx) => findPeople(trx, likely(typed), 10))
      expect(found).toEqual([])
      return [...asked]
    }
    const fits = await statementsOf('Hyacinth Vanterpool 12/12/2012')
    expect(fits).toEqual(await statementsOf('Peregrine Umbraculum 13/11/2012'))
    expect(fits.length).toBeGreaterThan(2)
  })

  test('nobody may ask without a search that is open', async () => {
    const asked = likely('rowan fellside')
    const stranger = await signedIn(db, { roles: ['A-SW'] })
    expect(await reading(db.app, stranger, (trx) => findPeople(trx, asked, 10))).toEqual([])
    await expect(sql`select * from foundation.name_word`.execute(db.app)).rejects.toThrow(/permission denied/)
    for (const asked of [
      sql`select * from foundation.words_alike('[]', null)`,
      sql`select * from foundation.streets_alike('Mill Lane')`,
      sql`select * from foundation.street_name`,
      sql`select * from foundation.person_street`,
    ])
      await expect(asked.execute(db.app)).rejects.toThrow(/permission denied/)
  })
})
