import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { type Answer, modelOf, type Question, type Reach } from '../testing/need-to-know-model.ts'
import { decideSome, dice, invent, settle, type World } from '../testing/need-to-know-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

describe('10,000 questions about pairs of worker and person', () => {
  const size = 100
  let world: World
  let model: ReturnType<typeof modelOf>
  let questions: Question[]
  let answers: (Answer & { rule: string | null })[]

  beforeAll(async () => {
    const seed = 20_261_125
    const random = dice(seed)
    world = decideSome(invent(random, size), random)
    await settle(db, world)
    const reach =
      await sql<Reach>`select role, rule, level, groups, may_write, needs_reason from access.role_reach`.execute(
        db.owner,
      )
    model = modelOf(world, reach.rows)
    const groups = (
      await sql<{ code: string }>`select code from foundation.field_group`.execute(db.owner)
    ).rows.map(({ code }) => code)
    questions = world.accounts.flatMap(({ id: account }) =>
      world.people.map(
        (person): Question => ({
          account,
          person,
          groups: random.chance(0.4) ? [random.one(groups), ...random.some(groups, 4)] : null,
          level: random.one(['index', 'summary', 'full', 'full']),
          write: random.chance(0.3),
          reason: random.chance(0.5) ? 'a reason' : null,
        }),
      ),
    )
    answers = (
      await sql<Answer & { rule: string | null }>`
        select d.outcome, d.why, d.rule, d.groups, d.write_groups as writable, d.level, d.may_ask as "mayAsk"
          from jsonb_array_elements(${JSON.stringify(questions)}) with ordinality as asked (q, place)
         cross join lateral access.decide((q ->> 'account')::uuid, (q ->> 'person')::uuid,
                      case when jsonb_typeof(q -> 'groups') = 'array' then array(select jsonb_array_elements_text(q -> 'groups')) end,
                      q ->> 'level', (q ->> 'write')::boolean, q ->> 'reason') as d
         order by place`.execute(db.owner)
    ).rows
  })

  test('are answered as the model answers them', () => {
    const wrong = questions.flatMap((question, i) => {
      const expected = model.decide(question)
      const { rule: _, ...found } = answers[i]!
      const sorted = {
        ...found,
        groups: found.groups?.toSorted() ?? null,
        writable: found.writable?.toSorted() ?? null,
      }
      return JSON.stringify(inOrder(sorted)) === JSON.stringify(inOrder(expected))
        ? []
        : [
            {
              question,
              found: sorted,
              expected,
              rules: [...model.trueRules(question.account, model.aliases([question.person]))],
            },
          ]
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(wrong.length).toBe(0)
  })

  test('T1: whoever is let in has a relationship, a duty, a role for any child, or broke the glass', () => {
    const allowed = questions.flatMap((question, i) =>
      answers[i]!.outcome === 'allowed' ? [{ ...question, rule: answers[i]!.rule! }] : [],
    )
    expect(allowed.length).toBeGreaterThan(1000)
    const unfounded = allowed.filter(({ account, person, rule }) => {
      const people = model.aliases([person])
      if (rule === 'break-glass')
        return !world.emergencies.some((e) => e.account === account && people.has(e.person) && e.open)
      if (rule === 'named')
        return !world.restrictions.some(
          (r) => people.has(r.person) && !r.over && r.readers.some((n) => n.account === account && !n.over),
        )
      const roles = world.accounts.find(({ id }) => id === account)!.roles
      if (rule === 'any-child') return !roles.some((role) => ['A-DUTY', 'A-EDT', 'A-FIN'].includes(role))
      if (rule === 'reason') return !roles.some((role) => ['A-CG', 'A-DPO', 'A-IG'].includes(role))
      return !model.trueRules(account, people).has(rule)
    })
    expect(unfounded).toEqual([])
  })

  test('met every rule, every restriction and every refusal', () => {
    const rules = new Set(answers.map(({ rule }) => rule))
    expect([...rules].sort()).toEqual(
      expect.arrayContaining(
        'adoption advising allocated any-child break-glass co-working cover duty household inspection joint-visit matter meeting named open-contact panel reason reviewing rights-request sampled-audit shared-view sibling supervising-line supporting-carer team unallocated'.split(
          ' ',
        ),
      ),
    )
    expect([...new Set(answers.flatMap(({ why }) => why ?? []))].sort()).toEqual([
      'declared-connection',
      'no-need',
      'not-found',
      'own-record',
      'reason-needed',
      'relative',
      'restricted',
    ])
  })
})

const inOrder = ({ outcome, why, groups, writable, level, mayAsk }: Answer) => [
  outcome,
  why,
  groups,
  writable ?? null,
  level,
  mayAsk,
]
