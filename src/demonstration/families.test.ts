import { expect, test } from 'vitest'
import { nhsNumberIsRight, upnIsRight } from '../people/numbers.ts'
import { Chance } from './chance.ts'
import { communities, communityOf, dayName, ethnicityOf, fullName } from './communities.ts'
import { returnYear } from './days.ts'
import { type Family, inventFamilies } from './families.ts'
import { type Standing, standingOf } from './life.ts'
import { fewest, most, Service } from './service.ts'

const today = '2026-11-25'
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
const families = [...inventFamilies(3000, today)]
const children = families.flatMap((family) => family.children)

test('the same seed invents the same families, another seed others; more are the same and some more', () => {
  const some = [...inventFamilies(60, today, 7)]
  expect([...inventFamilies(60, today, 7)]).toEqual(some)
  expect([...inventFamilies(120, today, 7)].slice(0, some.length)).toEqual(some)
  expect([...inventFamilies(60, today, 8)]).not.toEqual(some)
})

test('numbers are right, of nobody, and no two children have one', () => {
  for (const { mother } of families) if (mother) expect(mother.mobile).toMatch(/^07700 900\d{3}$/)
  const numbers = children.flatMap(({ nhs, pupilNumber }) => [nhs ?? [], pupilNumber ?? []].flat())
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const { nhs, pupilNumber } of children) {
    if (nhs) expect([nhs.startsWith('999'), nhsNumberIsRight(nhs)]).toEqual([true, true])
    if (pupilNumber) expect([pupilNumber.slice(1, 7), upnIsRight(pupilNumber)]).toEqual(['909000', true])
  }
})

test('nothing lies ahead, nobody is referred long before birth, and only care leavers are grown up', () => {
  for (const { born, due, life } of children) {
    const told = JSON.stringify(life).match(/\d{4}-\d\d-\d\d/g) ?? []
    const ahead = told.filter((day) => day > today)
    // By when a conference is to be held.
    const targets = life.need.flatMap(({ enquiries }) => enquiries.map(({ target }) => target))
    expect(ahead.filter((day) => !targets.includes(day))).toEqual([])
    if (due) expect(due > today).toBe(true)
    if (!born) continue
    expect(days(born, life.need[0]!.referral)).toBeGreaterThanOrEqual(-200)
    const grownUp = `${Number(born.slice(0, 4)) + 18}${born.slice(4)}` <= today
    if (grownUp) expect(life.care?.episodes.at(-1)?.end).toBeDefined()
  }
})

const counts = (of: readonly Family[]): Record<Standing, number> => {
  const found = {
    referred: 0,
    assessing: 0,
    'in-need': 0,
    protected: 0,
    'looked-after': 0,
    'care-leaver': 0,
    closed: 0,
  }
  for (const { life, born } of of.flatMap((family) => family.children))
    found[standingOf(life, born, today)] += 1
  return found
}

test('as an authority has it: for 90 looked-after children 45 to 60 on plans, and most need an assessment only', () => {
  const found = counts(families)
  const onPlans = found.protected / (found['looked-after'] / 90)
  expect(onPlans).toBeGreaterThan(45)
  expect(onPlans).toBeLessThan(60)
  const onlyAssessed = children.filter(
    ({ life }) =>
      !life.care &&
      life.need.every(
        ({ needPlans, protection, enquiries }) =>
          needPlans.length + protection.length + enquiries.length === 0,
      ),
  )
  expect(onlyAssessed.length / children.length).toBeGreaterThan(0.5)
  expect(found['in-need']).toBeGreaterThan(found.protected)
})

test('most things are in time and some late', () => {
  const late = (of: readonly boolean[]) => of.filter(Boolean).length / of.length
  const assessments = children.flatMap(({ life }) =>
    life.need.flatMap(({ assessments: all }) =>
      all.flatMap(({ start, signed }) => (signed ? [days(start, signed) > 65] : [])),
    ),
  )
  expect(late(assessments)).toBeGreaterThan(0.04)
  expect(late(assessments)).toBeLessThan(0.2)
  const conferences = children.flatMap(({ life }) =>
    life.need.flatMap(({ enquiries }) =>
      enquiries.flatMap(({ target, conference }) => (target && conference ? [conference > target] : [])),
    ),
  )
  expect(late(conferences)).toBeGreaterThan(0.08)
  expect(late(conferences)).toBeLessThan(0.3)
  const plans = children.flatMap(({ life }) => life.need.flatMap(({ protection }) => protection))
  expect(plans.some(({ start, end }) => !end && days(start, today) > 450)).toBe(true)
})

test('families are as families are: half-siblings, twins, unborn, grandparents who care, fathers nobody knows', () => {
  expect(families.some(({ children: of }) => new Set(of.map(({ father }) => father?.id)).size > 2)).toBe(true)
  expect(children.filter(({ twin }) => twin).length).toBeGreaterThan(10)
  expect(children.filter(({ due }) => due).length).toBeGreaterThan(5)
  expect(families.filter(({ grandparent }) => grandparent).length).toBeGreaterThan(30)
  expect(children.filter(({ father, life }) => !father && !life.care?.alone).length).toBeGreaterThan(100)
  for (const { children: of } of families) {
    const born = of.filter(({ due }) => !due)
    expect(new Set(born.map(({ name }) => fullName(name))).size).toBe(born.length)
  }
})

test('parents are older than their children as parents are', () => {
  for (const { mother, children: of, grandparent } of families)
    for (const { born, father } of of) {
      if (!born) continue
      for (const parent of [mother, father])
        if (parent) expect(days(parent.born, born)).toBeGreaterThan(17 * 365 - 2)
      if (grandparent) expect(days(grandparent.born, born)).toBeGreaterThan(34 * 365 - 4)
    }
})

test('every community is there, in about its share, and is named by its custom', () => {
  const shares = new Map(communities.map(({ key }) => [key, 0]))
  for (const { mother } of families)
    if (mother) shares.set(mother.community.key, shares.get(mother.community.key)! + 1)
  for (const { key, share } of communities)
    expect([key, shares.get(key)! > (families.length * share) / 300]).toEqual([key, true])
  const naming = (
    key: string,
    sex: 'F' | 'M',
    father?: { forename: string; middle?: string; surname?: string },
  ) => {
    const { adult, child, girls, boys } = communityOf(key)
    const chance = new Chance(3)
    const mother = adult(chance, 'F')
    const forename = (sex === 'F' ? girls : boys)[0]!
    return { mother, name: child(chance, { forename, sex, born: '2020-03-06', twin: 1, mother, father }) }
  }
  const polish = naming('Polish', 'F', { forename: 'Paweł', surname: 'Kowalski' })
  expect(polish.name.surname).toBe('Kowalska')
  expect(naming('Polish', 'M', { forename: 'Paweł', surname: 'Kowalski' }).name.surname).toBe('Kowalski')
  expect(naming('Slovak Roma', 'F', { forename: 'Jozef', surname: 'Horváth' }).name.surname).toBe(
    'Horváthová',
  )
  expect(naming('Slovak Roma', 'M').name.surname).not.toMatch(/ová$/)
  expect(naming('Slovak Roma', 'M').mother.surname).toMatch(/ová$/)
  expect(
    fullName(naming('Punjabi Sikh', 'F', { forename: 'Jagtar', middle: 'Singh', surname: 'Gill' }).name),
  ).toBe('Jasleen Kaur Gill')
  expect(fullName(naming('Arab', 'M', { forename: 'Bassam', surname: 'Al-Masri' }).name)).toBe(
    'Omar Bassam Al-Masri',
  )
  expect(fullName(naming('Somali', 'M', { forename: 'Abdi', middle: 'Warsame', surname: 'Jama' }).name)).toBe(
    'Liban Abdi Warsame',
  )
  expect(fullName(naming('Eritrean', 'F', { forename: 'Tesfaye', surname: 'Haile' }).name)).toBe(
    'Selam Tesfaye',
  )
  expect(naming('Nigerian', 'F', { forename: 'Femi', surname: 'Balogun' }).name.middle).toBe('Taiwo')
  expect(naming('Ghanaian', 'M', { forename: 'Eric', surname: 'Osei' }).name.middle).toBe('Kofi')
  // The sixth of March 2020 was a Friday, the first a Sunday.
  expect([dayName('F', '2020-03-06'), dayName('M', '2020-03-01')]).toEqual(['Afua', 'Kwasi'])
  const ownSurname = (key: string) => families.filter(({ mother }) => mother?.community.key === key)
  expect(
    ownSurname('Pakistani').some(({ mother, children: of }) =>
      of.some(({ name }) => name.surname !== mother!.name.surname),
    ),
  ).toBe(true)
})

test('children of two communities are counted as the census counts them', () => {
  const [british, caribbean, nigerian, pakistani, arab] = [
    'white British',
    'Caribbean',
    'Nigerian',
    'Pakistani',
    'Arab',
  ].map(communityOf)
  expect(ethnicityOf(british!, caribbean)).toBe('MWBC')
  expect(ethnicityOf(nigerian!, british)).toBe('MWBA')
  expect(ethnicityOf(british!, pakistani)).toBe('MWAS')
  expect(ethnicityOf(pakistani!, arab)).toBe('MOTH')
  expect(ethnicityOf(british!, communityOf('Polish'))).toBe('WBRI')
  expect(ethnicityOf(pakistani!, undefined)).toBe('APKN')
})

test('a worker carries twelve to 22 children, but for the last of each kind; some posts are vacant', () => {
  const service = new Service(1, today)
  const allocations = families.flatMap((family) => service.allocate(family))
  const open = children.filter(({ life, born }) => standingOf(life, born, today) !== 'closed')
  expect(new Set(allocations.map(({ child }) => child.id)).size).toBe(open.length)
  const kinds = new Set(service.posts.map(({ kind }) => kind))
  const last = new Set([...kinds].map((kind) => service.posts.filter((post) => post.kind === kind).at(-1)))
  for (const post of service.posts)
    if (post.worker && !last.has(post)) {
      expect(post.children).toBeGreaterThanOrEqual(fewest)
      expect(post.children).toBeLessThanOrEqual(most)
    }
  expect(service.posts.find(({ worker }) => worker?.name === 'Sam Okoro')!.children).toBeGreaterThanOrEqual(
    15,
  )
  expect(service.posts.some(({ worker }) => !worker)).toBe(true)
  expect(service.workers.some(({ jobTitle }) => jobTitle.endsWith('(agency)'))).toBe(true)
  expect(new Set(service.workers.map(({ email }) => email)).size).toBe(service.workers.length)
  for (const { name, manager } of service.teams)
    expect([name, service.workers.some(({ email }) => email === manager)]).toEqual([name, true])
})

test('the year of a return ends on 31 March', () => {
  expect(returnYear('2026-03-31')).toBe(2026)
  expect(returnYear('2026-04-01')).toBe(2027)
})
