import type { World } from './need-to-know-world.ts'

/**
 * Need to know, said once more and in another way than the database says it: sets and predicates over the whole world,
 * from governance E.1 to E.5. The reach of a role (which rule gives which groups) is data, and given.
 */

export interface Reach {
  role: string
  rule: string
  level: Level
  groups: string[]
  may_write: boolean
  needs_reason: boolean
}

type Level = 'index' | 'summary' | 'full'
const rank: Record<Level, number> = { index: 1, summary: 2, full: 3 }

export interface Question {
  account: string
  person: string
  groups: string[] | null
  level: Level
  write: boolean
  reason: string | null
}

export interface Answer {
  outcome: 'allowed' | 'refused'
  why: string | null
  groups: string[] | null
  writable: string[] | null
  level: Level | null
  mayAsk: boolean
}

const byInvolvement: Record<string, string> = {
  allocated: 'allocated',
  'co-working': 'co-working',
  other: 'co-working',
  'personal-adviser': 'advising',
  'reviewing-officer': 'reviewing',
  'conference-chair': 'reviewing',
  'supervising-social-worker': 'supporting-carer',
  'adoption-worker': 'adoption',
}
/** Those who answer for the person. */
const answering = ['allocated', 'personal-adviser', 'supervising-social-worker', 'adoption-worker']
const parents = ['mother', 'father', 'parent', 'step-parent', 'guardian']
const siblings = ['brother', 'sister', 'sibling', 'half-sibling', 'step-sibling']

export function modelOf(world: World, reach: readonly Reach[]) {
  const accountOf = new Map(world.accounts.map((account) => [account.id, account]))
  const above = new Map(world.teams.map(({ id, parent }) => [id, parent]))

  const aliases = (people: Iterable<string>): Set<string> =>
    spread(people, (person) =>
      world.aliases.filter(({ over }) => !over).flatMap((alias) => other(alias.person, alias.other, person)),
    )

  const supervisors = remembered((account: string) => {
    const line = spread([account], (below) =>
      world.supervision
        .filter((line) => line.account === below && (line.to === null || line.to >= 0))
        .map(({ supervisor }) => supervisor),
    )
    line.delete(account)
    return line
  })

  const involved = (people: Set<string>) =>
    world.involvements.filter(
      ({ person, from, to }) => people.has(person) && from <= 0 && (to === null || to >= 0),
    )

  /** What is true through work alone. */
  function workRules(account: string, people: Set<string>): Set<string> {
    const rules = new Set<string>()
    const now = involved(people)
    const workers = now.flatMap(({ kind, account: worker }) =>
      worker && answering.includes(kind) ? [worker] : [],
    )
    const teams = new Set([
      ...now.flatMap(({ team }) => team ?? []),
      ...workers.flatMap((worker) => accountOf.get(worker)!.teams),
    ])
    for (const { kind, account: worker } of now) if (worker === account) rules.add(byInvolvement[kind]!)
    if (workers.some((worker) => supervisors(worker).has(account))) rules.add('supervising-line')
    if (world.cover.some((c) => c.account === account && workers.includes(c.for) && c.from <= 0 && c.to >= 0))
      rules.add('cover')
    const mine = accountOf.get(account)!
    const reaches = (team: string): boolean =>
      mine.teams.includes(team) ||
      (mine.roles.includes('A-SM') && above.get(team) != null && reaches(above.get(team)!))
    if ([...teams].some(reaches)) rules.add('team')
    if (world.duty.some((d) => d.now && d.account === account && teams.has(d.team))) rules.add('duty')
    return rules
  }

  /** Who is family of whom, by what others than this account have said. */
  const familyAsSaid = remembered((account: string) => {
    const said = world.relationships.filter(({ to, by }) => (to === null || to >= 0) && by !== account)
    const home = new Pairs()
    const brothers = new Pairs()
    const children = new Map<string, Set<string>>()
    for (const { person, other: relative, kind, household } of said) {
      if (siblings.includes(kind)) brothers.add(person, relative)
      else if (household) home.add(person, relative)
      const parent = parents.includes(kind) ? relative : kind === 'child' ? person : undefined
      if (!parent) continue
      const child = parent === person ? relative : person
      home.add(parent, child)
      children.set(parent, union(children.get(parent) ?? [], [child]))
    }
    for (const family of children.values())
      for (const one of family) for (const two of family) if (one !== two) brothers.add(one, two)
    return { home, brothers }
  })

  function family(people: Set<string>, account: string): { person: string; how: 'household' | 'sibling' }[] {
    const { home, brothers } = familyAsSaid(account)
    return [...people].flatMap((one) => [
      ...[...home.of(one)].map((person) => ({ person, how: 'household' as const })),
      ...[...brothers.of(one)].map((person) => ({ person, how: 'sibling' as const })),
    ])
  }

  const manages = (account: string, rules: Set<string>) =>
    rules.has('team') && accountOf.get(account)!.roles.some((role) => role === 'A-TM' || role === 'A-SM')

  function trueRules(account: string, people: Set<string>): Set<string> {
    const rules = workRules(account, people)
    for (const tie of world.ties)
      if (tie.account === account && people.has(tie.person) && !tie.ended && tie.from <= 0 && tie.to >= 0)
        rules.add(tie.kind)
    if (
      world.contacts.some(
        ({ person, on, decided }) => people.has(person) && on > -30 && (decided === null || decided >= 0),
      )
    )
      rules.add('open-contact')
    if (involved(people).length === 0) rules.add('unallocated')
    // Whoever has the child itself, or answers for its workers, needs no way round by the family.
    if (rules.has('allocated') || rules.has('supervising-line') || manages(account, rules)) return rules
    for (const { person, how } of family(people, account)) {
      const through = workRules(account, aliases([person]))
      const works = ['allocated', 'co-working', 'cover', 'supervising-line'].some((rule) => through.has(rule))
      if ((works || manages(account, through)) && held(aliases([person]), account).level < 3) rules.add(how)
    }
    return rules
  }

  function held(people: Set<string>, account: string) {
    const now = world.restrictions.filter(
      ({ person, level, over }) => people.has(person) && level > 0 && !over,
    )
    const lists = now.filter(({ level }) => level >= 2)
    return {
      level: Math.max(0, ...now.map(({ level }) => level)),
      named:
        lists.length > 0 &&
        lists.every(({ readers }) => readers.some((r) => r.account === account && !r.over)),
      sections: new Set(now.flatMap(({ sections }) => sections)),
    }
  }

  const kin = (people: Set<string>): Set<string> => {
    const step = (from: Set<string>) =>
      new Set(
        world.relationships
          .filter(({ kind }) => kind !== 'friend' && kind !== 'other')
          .flatMap((r) => [...from].flatMap((one) => other(r.person, r.other, one))),
      )
    const first = step(people)
    return aliases(union(first, step(first)))
  }

  function conflict(account: string, people: Set<string>): string | null {
    const own = accountOf.get(account)!.person
    const mine = own ? aliases([own]) : new Set<string>()
    const mayOpen = (person: string) =>
      world.decisions.some(
        (d) =>
          d.account === account &&
          d.mayOpen &&
          d.until >= 0 &&
          aliases([d.person]).has(person) &&
          // The last word about the same person counts.
          !world.decisions.some(
            (later) => later.account === account && later.person === d.person && later.at > d.at,
          ),
      )
    const closed = (set: Set<string>) => [...people].some((person) => set.has(person) && !mayOpen(person))
    if ([...people].some((person) => mine.has(person))) return 'own-record'
    const relatives = own ? kin(mine) : new Set<string>()
    if (closed(relatives)) return 'relative'
    const declared = world.connections
      .filter((c) => c.account === account && !c.over)
      .map(({ person }) => aliases([person]))
    if (declared.some((known) => closed(union(known, kin(known))))) return 'declared-connection'
    return null
  }

  function decide({ account, person, groups, level, write, reason }: Question): Answer {
    const refused = (why: string, mayAsk = false): Answer => ({
      outcome: 'refused',
      why,
      groups: null,
      writable: null,
      level: null,
      mayAsk,
    })
    const me = accountOf.get(account)!
    if (!me.open) return refused('no-need')
    const people = aliases([person])
    const restriction = held(people, account)
    const glass = world.emergencies.filter((e) => e.account === account && people.has(e.person) && e.open)
    let rules = union(trueRules(account, people), ['any-child', 'reason'])
    if (glass.length > 0) rules.add('break-glass')
    let roles = me.roles
    let only: string[] | null = null
    const has = (...wanted: string[]) => wanted.some((role) => me.roles.includes(role))
    const atOdds = conflict(account, people)
    if (restriction.level === 2) {
      if (restriction.named) rules.add('named')
      else if (has('A-SM')) {
        roles = ['A-SM']
        rules.delete('any-child')
        rules.delete('reason')
      } else if (has('A-DUTY', 'A-EDT') && glass.length > 0) rules = new Set(['break-glass'])
      else if (has('A-DPO', 'A-CG')) [rules, only] = [new Set(['reason']), ['F33']]
      else if (has('A-DUTY', 'A-EDT')) return refused('restricted', atOdds === null)
      else return refused('not-found')
    } else if (restriction.level === 3) {
      if (restriction.named && has('A-ADO')) {
        rules.add('named')
        roles = ['A-ADO']
      } else if (has('A-EDT') && glass.length > 0) rules = new Set(['break-glass'])
      else if (has('A-DPO', 'A-CG')) [rules, only] = [new Set(['reason']), ['F33']]
      else return refused('not-found', has('A-EDT') && atOdds === null)
    } else if (restriction.level === 4) {
      if (!restriction.named) return refused('not-found')
      rules.add('named')
    }
    if (atOdds) return refused(atOdds)

    const wanted = groups ?? levelGroups[level]
    const sensitive = (r: Reach) =>
      !['allocated', 'advising', 'adoption', 'supervising-line', 'named', 'rights-request'].includes(
        r.rule,
      ) && !(r.rule === 'team' && ['A-TM', 'A-SM'].includes(r.role))
    const lines = reach
      .filter((r) => roles.includes(r.role) && rules.has(r.rule))
      .map((r) => ({
        ...r,
        rank: Math.min(rank[r.level], rank[level]),
        groups: r.groups.filter(
          (group) =>
            (!wanted || wanted.includes(group)) &&
            (!only || only.includes(group)) &&
            !(restriction.sections.has(group) && sensitive(r)),
        ),
      }))
      .filter((r) => r.groups.length > 0)
    const usable = lines.filter((r) => !r.needs_reason || (reason ?? '').trim().length >= 3)
    const open = new Set(usable.flatMap((r) => r.groups))
    const writable = new Set(
      usable
        .filter(
          (r) => r.may_write && r.rank === 3 && (r.rule !== 'break-glass' || glass.some((e) => e.writing)),
        )
        .flatMap((r) => r.groups),
    )
    const mayAsk =
      glass.length === 0 &&
      reach.some(
        (r) =>
          roles.includes(r.role) &&
          r.rule === 'break-glass' &&
          r.groups.some((group) => (!wanted || wanted.includes(group)) && !open.has(group)),
      )
    if (open.size === 0 || (write && writable.size === 0)) {
      return refused(usable.length < lines.length ? 'reason-needed' : 'no-need', mayAsk)
    }
    const best = Math.max(...usable.map((r) => r.rank))
    return {
      outcome: 'allowed',
      why: null,
      groups: [...open].sort(),
      writable: write ? [...writable].sort() : [],
      level: (Object.keys(rank) as Level[]).find((name) => rank[name] === best)!,
      mayAsk,
    }
  }

  return { decide, trueRules, aliases }
}

/** What is meant when a page names a level and no groups. */
const levelGroups: Record<Level, string[] | null> = {
  index: ['F01', 'F09', 'F10', 'F26'],
  summary: ['F01', 'F02', 'F03', 'F05', 'F07', 'F08', 'F09', 'F10', 'F11', 'F20', 'F22', 'F24', 'F26'],
  full: null,
}

/** The one that is not `me`, when one of the two is. */
const other = (a: string, b: string, me: string): string[] => (a === me ? [b] : b === me ? [a] : [])

const union = <T>(a: Iterable<T>, b: Iterable<T>): Set<T> => new Set([...a, ...b])

/** Who stands beside whom, seen from both. */
class Pairs {
  #beside = new Map<string, Set<string>>()
  add(a: string, b: string): void {
    this.#beside.set(a, union(this.of(a), [b]))
    this.#beside.set(b, union(this.of(b), [a]))
  }
  of(one: string): Set<string> {
    return this.#beside.get(one) ?? new Set()
  }
}

function remembered<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    if (!known.has(key)) known.set(key, work(key))
    return known.get(key)!
  }
}

function spread(from: Iterable<string>, next: (one: string) => string[]): Set<string> {
  const found = new Set(from)
  for (const one of found) for (const more of next(one)) found.add(more)
  return found
}
