import { addDays, type Day, daysBetween } from '../web/words.ts'
import { Chance } from './chance.ts'
import { aCommunity, fullName } from './communities.ts'
import { latest } from './days.ts'
import type { Child, Family } from './families.ts'
import { type Standing, standingOf } from './life.ts'
import { cast, lasting, type TeamKind, teamNames, type Worker, wholeService } from './staff.ts'

/** Somebody's work: a worker’s, or that of a post that is vacant. */
export interface Post {
  readonly worker: Worker | undefined
  readonly team: string
  readonly kind: TeamKind
  /** The registration number that returns name a social worker by. */
  readonly registration: string
  readonly most: number
  children: number
}

export interface Team {
  readonly name: string
  readonly kind: TeamKind
  readonly manager: string | undefined
}

/** Who works with a child, since when. */
export interface Allocation {
  readonly child: Child
  readonly post: Post
  readonly from: Day
  readonly standing: Standing
  /** Who chairs the child's conferences or reviews. */
  readonly reviewer: Worker | undefined
}

/** A worker carries between so many children; the last of a team may have fewer. */
export const fewest = 12
export const most = 22

const postsInATeam = 7
/** Children whose reviews and conferences one officer chairs. */
const reviewedByOne = 70

/**
 * The service as it grows with the families it works with: each family goes to the team for what its children need, to
 * the worker there who has room; when nobody has, somebody is employed, and when a team is full another is made.
 */
export class Service {
  readonly teams: Team[] = []
  readonly workers: Worker[] = [...cast]
  readonly posts: Post[] = []
  #open = new Map<TeamKind, Post>()
  #waiting: Post[]
  #emails = new Set(cast.map(({ email }) => email))
  #reviewer = cast.find(({ roles }) => roles.includes('A-IRO'))! as Worker
  #reviewed = 0
  readonly #chance: Chance

  constructor(
    seed: number,
    private readonly today: Day,
  ) {
    this.#chance = new Chance(seed, 900_001)
    for (const { name, kind } of lasting) this.#addTeam(name, kind)
    this.#waiting = cast.flatMap((worker) =>
      worker.carries ? [this.#post(worker, worker.team!, worker.carries.kind, worker.carries.most)] : [],
    )
    for (const { team, kind } of this.#waiting)
      if (!this.teams.some(({ name }) => name === team)) this.#addTeam(team, kind)
  }

  /**
   * Gives the children of a family who need somebody to those who have room for them.
   * @param to somebody of the cast, room or not
   */
  allocate(family: Family, to?: string): Allocation[] {
    const needing = family.children.flatMap((child) => {
      const standing = standingOf(child.life, child.born, this.today)
      return standing === 'closed' ? [] : [{ child, standing, kind: teamFor(child, standing, this.today) }]
    })
    if (to !== undefined)
      return needing.map(({ child, standing }) => this.#give(this.#postOf(to), child, standing))
    const allocations: Allocation[] = []
    for (const kind of new Set(needing.map((one) => one.kind))) {
      const together = needing.filter((one) => one.kind === kind)
      const post = this.#postFor(kind, together.length)
      for (const { child, standing } of together) allocations.push(this.#give(post, child, standing))
    }
    return allocations
  }

  /** Gives a child to a post, as of a day in the last months. */
  #give(post: Post, child: Child, standing: Standing): Allocation {
    post.children += 1
    const from = latest(startOf(child), addDays(this.today, -this.#chance.whole(20, 420)))
    return { child, post, standing, from, reviewer: this.#reviewerOf(standing) }
  }

  #reviewerOf(standing: Standing): Worker | undefined {
    if (standing !== 'protected' && standing !== 'looked-after') return undefined
    if (this.#reviewed === reviewedByOne) {
      this.#reviewed = 0
      this.#reviewer = this.#person({
        ...{ jobTitle: 'Independent reviewing officer', roles: ['A-IRO'] },
        team: this.#reviewer.team!,
      })
    }
    this.#reviewed += 1
    return this.#reviewer
  }

  /** The post of somebody of the cast who carries children. */
  #postOf(name: string): Post {
    const found = this.posts.find(({ worker }) => worker?.name === name)
    if (!found) throw new Error(`${name} carries no children`)
    return found
  }

  #postFor(kind: TeamKind, children: number): Post {
    const post = this.#open.get(kind)
    if (post && hasRoom(post, children)) return post
    const next = this.#nextPost(kind)
    this.#open.set(kind, next)
    return next
  }

  #nextPost(kind: TeamKind): Post {
    const named = this.#waiting.findIndex((post) => post.kind === kind)
    if (named >= 0) {
      const [post] = this.#waiting.splice(named, 1)
      return post!
    }
    const team = this.#teamWithRoom(kind)
    // One post in nine is vacant, and what it would carry waits with the team.
    const vacant = this.posts.some((post) => post.kind === kind) && this.#chance.happens(0.11)
    const worker = vacant ? undefined : this.#employ(kind, team)
    return this.#post(worker, team, kind, vacant ? 4 : this.#chance.whole(16, most))
  }

  #post(worker: Worker | undefined, team: string, kind: TeamKind, most: number): Post {
    const registration = `SW${80_001 + this.posts.length}`
    const post = { worker, team, kind, registration, most, children: 0 }
    this.posts.push(post)
    return post
  }

  #teamWithRoom(kind: TeamKind): string {
    const own = this.teams.filter((team) => team.kind === kind)
    const free = own.find(({ name }) => this.posts.filter(({ team }) => team === name).length < postsInATeam)
    if (free) return free.name
    const names = teamNames[kind]!
    const round = Math.floor(own.length / names.length)
    const name = names[own.length % names.length]!
    return this.#addTeam(round === 0 ? name : `${name} ${round + 1}`, kind)
  }

  #addTeam(name: string, kind: TeamKind): string {
    const known = cast.find(({ team, roles }) => team === name && roles.includes('A-TM'))
    const manager = known ?? this.#person({ jobTitle: 'Team manager', roles: ['A-TM'], team: name })
    this.teams.push({ name, kind, manager: manager.email })
    return name
  }

  #employ(kind: TeamKind, team: string): Worker {
    const adviser = kind === 'leaving-care'
    const jobTitle = adviser
      ? 'Personal adviser'
      : this.#chance.weighted([
          ['Social worker', 55],
          ['Senior social worker', 18],
          ['Social worker (agency)', 16],
          ['Social worker in the first year', 11],
        ] as const)
    return this.#person({ jobTitle, roles: [adviser ? 'A-PA' : 'A-SW'], team })
  }

  #person(about: Omit<Worker, 'name' | 'email'>): Worker {
    const { forename, surname } = aCommunity(this.#chance).adult(
      this.#chance,
      this.#chance.happens(0.78) ? 'F' : 'M',
    )
    const name = fullName({ forename, surname })
    const slug = name
      .normalize('NFD')
      .replace(/\p{Diacritic}|[^\p{Letter} -]/gu, '')
      .replaceAll('ł', 'l')
      .toLowerCase()
      .replace(/ +/g, '.')
    let email = `${slug}@fellshire.example`
    for (let n = 2; this.#emails.has(email); n += 1) email = `${slug}${n}@fellshire.example`
    this.#emails.add(email)
    const worker = { ...about, name, email }
    this.workers.push(worker)
    return worker
  }
}

/** Where each team stands: all under the whole service. */
export const parentOf = (team: string): string | undefined =>
  team === wholeService ? undefined : wholeService

/** Whoever has fewer than the fewest takes the next family whatever its size. */
const hasRoom = ({ children: has, most: limit, worker }: Post, more: number): boolean =>
  has + more <= limit || (worker !== undefined && has < Math.min(fewest, limit) && has + more <= most)

/** A child in care is the family's worker's for the first half year, while courts decide. */
const daysWithFamilySupport = 180

function teamFor(child: Child, standing: Standing, today: Day): TeamKind {
  if (standing === 'care-leaver') return 'leaving-care'
  const { care } = child.life
  if (care?.episodes[0]?.status === 'V4') return 'disabled-children'
  if (standing === 'looked-after')
    return daysBetween(care!.episodes[0]!.start, today) < daysWithFamilySupport && !care!.alone
      ? 'family-support'
      : 'looked-after'
  return standing === 'referred' || standing === 'assessing' ? 'assessment' : 'family-support'
}

const startOf = ({ life }: Child): Day =>
  latest(...[life.need.at(-1)?.referral, life.care?.episodes[0]?.start].flatMap((day) => (day ? [day] : [])))
