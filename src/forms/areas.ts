import type { Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Answers } from './answering.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** One child’s form. */
export interface ChildForm {
  /** `record.form.id` */
  readonly form: string
  readonly person: string
  /** The area’s fact it was begun for. */
  readonly fact: string | null
}

/** A form that was filed or signed, as its area is told of it in the same transaction. */
export interface FormDone {
  readonly of: readonly (ChildForm & {
    readonly answers: Answers
    /** What statutory answers fill, by `table.column`: a list where several were chosen. */
    readonly bound: ReadonlyMap<string, readonly string[]>
  })[]
  readonly account: string
  readonly day: Day
}

/** What an area of a child’s journey does about one form: it makes its own facts of it, and says when it may be begun. */
export interface AreaForm {
  /** The form’s key. */
  readonly form: string
  /** Why it cannot be begun for these children now, in words; undefined when it can. Their records are open to write. */
  readonly mayBegin?: (trx: Trx, people: readonly string[], on: Day) => Promise<string | undefined>
  /** In the transaction that begins it: returns the area’s fact for each child, or nothing. */
  readonly begun?: (
    trx: Trx,
    begun: { of: readonly ChildForm[]; on: Day; account: string },
  ) => Promise<ReadonlyMap<string, string> | undefined>
  /** What is wrong before it is submitted, beyond what must be answered. */
  readonly maySubmit?: (trx: Trx, of: readonly ChildForm[]) => Promise<string | undefined>
  readonly submitted?: (trx: Trx, of: readonly ChildForm[], on: Day) => Promise<void>
  readonly returned?: (trx: Trx, of: readonly ChildForm[], on: Day) => Promise<void>
  /** Filed, or signed where it is signed: writes what the statutory answers fill. */
  readonly done?: (trx: Trx, done: FormDone) => Promise<void>
  /** Groups of the record that `done` writes to, besides those of the answers. */
  readonly groups?: readonly string[]
  /** What follows its signature, for whoever decides. */
  readonly follows?: readonly string[]
  /** Where the area shows the work, instead of the form by itself. */
  readonly href?: (of: ChildForm) => string
}

const areas = new Map<string, AreaForm>()

/** Declares what an area does about a form: once, where its module is loaded. */
export function declareForm(area: AreaForm): AreaForm {
  if (areas.has(area.form)) throw new Error(`The form ${area.form} is another area’s already`)
  areas.set(area.form, area)
  return area
}

export const areaOf = (form: string): AreaForm | undefined => areas.get(form)
