import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { birthday, dayNumber, isoDay } from '../../clocks/calendar.ts'
import {
  type ChildFacts,
  compare,
  keyOf,
  minuteOf,
  type NumberFacts,
  type Rules,
  type Span,
  shouldHold,
  type Told,
} from './alerts.ts'
import { type Answered, afterAnswer, outcomesOf } from './answers.ts'
import { xmlCodec } from './codec.ts'
import { arrange } from './exchange.ts'
import type { UploadAnswer } from './neutral.ts'
import { uploadResponse } from './stand-in/messages.ts'
import { Register } from './stand-in/register.ts'
import { readUpload } from './stand-in/uploads.ts'

/**
 * Random lives, told over an exchange that loses, repeats and overtakes: when everything has been delivered, the NHS
 * holds exactly what the record says. The codec, the comparison, the attribution of answers and the NHS’s register are
 * the real ones.
 */

const numbers = [
  '9990000018',
  '9990000026',
  '9990000034',
  '9990000042',
  '9990000050',
  '9990000069',
  '9990000077',
]
const motherNumber = '9990000085'
const start = '2026-01-05'
const authority = 'ZZ999'

interface File {
  readonly sequence: number
  readonly bytes: Uint8Array
  readonly records: { place: number; nhsNumber: string; alerts: string[] }[]
  state: 'on its way' | 'answered' | 'overdue'
  answers: UploadAnswer[]
}

type Row = Told & { sequence: number; inDoubt: boolean }

class World {
  day = start
  facts: ChildFacts
  readonly register = new Register()
  rows: Row[] = []
  files: File[] = []
  #ids = 0
  #numbers = 0
  readonly mother = {
    id: 'm',
    reference: 'P-MMMMMM',
    given: 'Alex',
    family: 'Testmother',
    born: '1998-05-17',
    numbers: [{ value: motherNumber, status: 'verified' as const }],
  }

  constructor(unborn: boolean) {
    this.facts = {
      child: {
        id: 'c',
        reference: 'P-CCCCCC',
        given: 'Robin',
        family: 'Testchild',
        ...(unborn ? { expected: '2026-05-01' } : { born: '2014-03-04' }),
        numbers: [],
      },
      mother: this.mother,
      plans: [],
      care: [],
      statuses: [],
      twins: [],
      adopted: false,
      hidden: false,
    }
    this.register.directory.set(motherNumber, {
      number: motherNumber,
      given: 'Alex',
      family: 'Testmother',
      born: '19980517',
      status: 'active',
    })
    if (!unborn) this.newNumber()
  }

  get rules(): Rules {
    return {
      today: this.day,
      now: minuteOf(this.day),
      contact: 'Fellshire 01632960001',
      sendUntraced: false,
      changedStart: 'delete-then-add',
      daysAfterExpectedBirth: 28,
      statusesNotTold: ['V3', 'V4'],
    }
  }

  get id() {
    this.#ids += 1
    return `f${this.#ids}`
  }

  // What happens in the life, and in the NHS’s own register beside it.

  newNumber(): void {
    const { child } = this.facts
    const value = numbers[this.#numbers]
    if (!value || !child.born) return
    this.#numbers += 1
    for (const one of child.numbers) this.register.directory.get(one.value)!.status = 'superseded'
    this.register.directory.set(value, {
      number: value,
      given: child.given!,
      family: child.family!,
      born: child.born.replaceAll('-', ''),
      status: 'active',
    })
    this.setNumbers([
      { value, status: 'verified' },
      ...child.numbers.map(({ value }) => ({ value, status: 'superseded' as const })),
    ])
  }
  setNumbers(its: readonly NumberFacts[]): void {
    this.facts = { ...this.facts, child: { ...this.facts.child, numbers: its } }
  }
  untrace(): void {
    this.setNumbers(
      this.facts.child.numbers.map((one) =>
        one.status === 'verified' ? { ...one, status: 'entered' as const } : one,
      ),
    )
  }
  trace(): void {
    this.setNumbers(
      this.facts.child.numbers.map((one) =>
        one.status === 'entered' ? { ...one, status: 'verified' as const } : one,
      ),
    )
  }
  rename(): void {
    const family = `Testchild${this.id}`
    this.facts = { ...this.facts, child: { ...this.facts.child, family } }
    for (const { value } of this.facts.child.numbers) this.register.directory.get(value)!.family = family
  }
  born(): void {
    if (this.facts.child.born || this.facts.child.died) return
    this.facts = { ...this.facts, child: { ...this.facts.child, born: this.day } }
    this.newNumber()
  }
  died(): void {
    if (!this.facts.child.died) this.facts = { ...this.facts, child: { ...this.facts.child, died: this.day } }
  }
  begin(what: 'plans' | 'care'): void {
    const spans = this.facts[what] as Span[]
    if (what === 'care' && !this.facts.child.born) return
    if (this.facts.child.died || spans.some(({ end }) => !end || end >= this.day)) return
    this.facts = { ...this.facts, [what]: [...spans, { id: this.id, start: this.day, shortBreaks: false }] }
  }
  end(what: 'plans' | 'care'): void {
    this.#last(what, (span) => (span.end ? span : { ...span, end: this.day }))
  }
  moveStart(what: 'plans' | 'care'): void {
    this.#last(what, (span) => {
      const moved = isoDay(dayNumber(span.start) - 1)
      return this.facts.child.born && moved < this.facts.child.born ? span : { ...span, start: moved }
    })
  }
  remove(what: 'plans' | 'care'): void {
    this.facts = { ...this.facts, [what]: (this.facts[what] as Span[]).slice(0, -1) }
  }
  reopen(what: 'plans' | 'care'): void {
    this.#last(what, ({ end: _, ...span }) => span)
  }
  #last(what: 'plans' | 'care', change: (span: Span) => Span): void {
    const spans = this.facts[what] as Span[]
    const last = spans.at(-1)
    if (last) this.facts = { ...this.facts, [what]: [...spans.slice(0, -1), change(last)] }
  }
  pass(days: number): void {
    this.day = isoDay(dayNumber(this.day) + days)
    this.register.drop(this.day)
  }

  // The exchange.

  /** A turn: closes, approves nothing, cuts one file when none is on its way. */
  turn(): boolean {
    const compared = compare(this.facts, this.rows, this.rules)
    for (const { alert, why } of compared.close) this.#row(alert, { state: 'closed', code: why })
    if (this.files.some(({ state }) => state === 'on its way') || compared.send.length === 0)
      return compared.close.length > 0
    const { placed, records } = arrange([{ child: { person: 'c' }, comparison: compared }])
    const sequence = this.files.length + 1
    const sender = { odsCode: authority, name: 'Fellshire', officeHours: '01632960001' }
    const bytes = xmlCodec.encodeUpload({
      sequence,
      createdAt: new Date(`${this.day}T09:00:00Z`),
      sender,
      records,
    })
    const its = records.map((record, place) => ({
      place,
      nhsNumber: record.subject.nhsNumber,
      alerts: [] as string[],
    }))
    for (const { entry, place } of placed) {
      const before = this.rows.find((one) => keyOf(one) === keyOf(entry))
      const id = before?.id ?? `${keyOf(entry)}`
      const row: Row = {
        ...{
          nhsNumber: entry.nhsNumber,
          type: entry.type,
          start: entry.start,
          source: entry.source,
          id,
          sequence,
          inDoubt: false,
        },
        state: 'sent',
        sent: entry.content,
        acknowledged: before?.state === 'closed' ? undefined : before?.acknowledged,
        deleteOn:
          before && ['deleted', 'closed'].includes(before.state)
            ? entry.content.deleteOn
            : (before?.deleteOn ?? entry.content.deleteOn),
      }
      this.rows = [...this.rows.filter((one) => one.id !== id), row]
      its[place]!.alerts.push(id)
    }
    this.files.push({ sequence, bytes, records: its, state: 'on its way', answers: [] })
    return true
  }
  #row(id: string, some: Partial<Row>): void {
    this.rows = this.rows.map((one) => (one.id === id ? { ...one, ...some } : one))
  }

  /** The NHS works a file through, perhaps one that it has seen before. */
  work(which: number): void {
    const file = this.files.at(-1 - which)
    if (!file) return
    const upload = readUpload(file.bytes)
    const answers = this.register.upload(
      { authority, sequence: upload.sequence, contact: '', records: upload.records },
      this.day,
    )
    const ok = answers.filter(({ code }) => code === 'CPR06').length
    const code = ok === answers.length ? 'CPF02' : ok > 0 ? 'CPF03' : 'CPF04'
    const text = uploadResponse({ sequence: upload.sequence, file: code, upload, answers }, new Date())
    file.answers.push(xmlCodec.decode(new TextEncoder().encode(text)) as UploadAnswer)
  }
  /** An answer arrives. */
  answer(which: number): void {
    const file = this.files.at(-1 - which)
    const answer = file?.answers.shift()
    if (!file || !answer) return
    const again = file.state === 'answered'
    const { records } = outcomesOf(answer, file.records)
    for (const { place, alerts } of file.records) {
      for (const id of alerts) {
        const row = this.rows.find((one) => one.id === id)!
        const isAdult =
          row.type !== 'UCP' &&
          this.facts.child.born !== undefined &&
          isoDay(birthday(dayNumber(this.facts.child.born), 18)) <= this.day
        const after = afterAnswer(row as Answered, records.get(place)!, {
          sequence: file.sequence,
          again,
          isAdult,
          kindOf: () => undefined,
        })
        if (after !== (row as Answered)) this.#row(id, { ...after, code: after.code })
      }
    }
    file.state = 'answered'
  }
  overdue(): void {
    const file = this.files.find(({ state }) => state === 'on its way')
    if (!file) return
    file.state = 'overdue'
    for (const row of this.rows)
      if (row.sequence === file.sequence && row.state === 'sent') this.#row(row.id, { state: 'uncertain' })
  }
  /** Two people have decided what one of them asked for. */
  decide(): boolean {
    const { problems } = compare(this.facts, this.rows, this.rules)
    const alert = problems.find(
      ({ code, alert }) => alert && (code === 'to-delete' || code === 'end-refused'),
    )?.alert
    if (alert)
      this.#row(alert, {
        deleteOn: [minuteOf(this.day), this.rows.find(({ id }) => id === alert)!.start].sort()[1],
      })
    return alert !== undefined
  }

  /** Everything on its way arrives, everything to be decided is. */
  settle(): void {
    this.trace()
    for (let n = 0; n < 60; n += 1) {
      for (const [i, file] of this.files.toReversed().entries()) {
        if (file.state === 'on its way' && file.answers.length === 0) this.work(i)
        while (file.answers.length > 0) this.answer(i)
      }
      if (!this.turn() && !this.decide() && this.files.every(({ state }) => state !== 'on its way')) return
    }
    throw new Error('It never comes to rest')
  }
}

const steps: Readonly<Record<string, (world: World) => void>> = {
  'a plan begins': (world) => world.begin('plans'),
  'the plan ends': (world) => world.end('plans'),
  'the plan’s start is corrected': (world) => world.moveStart('plans'),
  'the plan is taken back': (world) => world.remove('plans'),
  'the plan’s end is taken back': (world) => world.reopen('plans'),
  'care begins': (world) => world.begin('care'),
  'care ends': (world) => world.end('care'),
  'care is taken back': (world) => world.remove('care'),
  'a new number': (world) => world.newNumber(),
  'the number is doubted': (world) => world.untrace(),
  'the number is traced': (world) => world.trace(),
  'a name changes': (world) => world.rename(),
  'the child is born': (world) => world.born(),
  'the child dies': (world) => world.died(),
  'a day': (world) => world.pass(1),
  'a month': (world) => world.pass(31),
  'half a year': (world) => world.pass(183),
  'told and answered': (world) => {
    world.turn()
    world.work(0)
    world.answer(0)
  },
  'a turn': (world) => void world.turn(),
  'the NHS works': (world) => world.work(0),
  'the NHS works an old file again': (world) => world.work(1),
  'an answer comes': (world) => world.answer(0),
  'an old answer comes': (world) => world.answer(1),
  'a file is overdue': (world) => world.overdue(),
  'two people decide': (world) => void world.decide(),
}
const names = Object.keys(steps)
/** What is told happens oftener than births. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...names) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'told and answered',
      'told and answered',
      'a plan begins',
      'the plan ends',
      'the NHS works an old file again',
      'a month',
    ),
  },
)

describe('T12: random lives over an exchange that loses, repeats and overtakes', () => {
  test('when all is delivered the NHS holds exactly what the record says', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 40 }), (unborn, life) => {
        const world = new World(unborn)
        for (const name of life) steps[name]!(world)
        world.settle()
        const { entries } = shouldHold(world.facts, world.rows, world.rules)
        const should = entries.filter(
          ({ content }) => !content.end || isoDay(birthday(dayNumber(dayOf(content.end)), 1)) > world.day,
        )
        const holds = [...numbers, motherNumber].flatMap((number) => world.register.of(number))
        const say = (
          { type, start, end }: { type: string; start: string; end?: string | undefined },
          number: string,
        ) => [number, type, start, end].filter(Boolean).join(' ')
        expect(holds.map((one) => say(one, one.number)).sort()).toEqual(
          should.map((one) => say({ ...one, end: one.content.end }, one.nhsNumber)).sort(),
        )
      }),
      { numRuns: Number(process.env.LIVES ?? 300) },
    )
  })
})

const dayOf = (minute: string) => `${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`
