import type { FastifyPluginAsync } from 'fastify'
import type { DayPart } from './day-part.ts'
import type { Onlooker } from './onlooker.ts'
import type { Path } from './paths.ts'
import type { Role } from './session.ts'

/** An entry of the menu in the header. */
export interface MenuEntry {
  readonly text: string
  readonly href: string
  /** Shown to these roles; to everyone signed in when absent. */
  readonly roles?: readonly Role[]
  /** `bar`: beside the search; `menu`: folded into 'More', under this heading. */
  readonly place: 'bar' | 'menu'
  readonly heading?: string
  /** Keys typed one after the other, such as 'g w'. */
  readonly keys?: string
  /** Whoever has these roles and no other begins their day here, for no child is allocated to them. */
  readonly startFor?: readonly Role[]
  /** Not there where real people work. */
  readonly demonstrationOnly?: boolean
}

/** A part of a child's record that an area answers for: an entry of the record's side navigation. */
export interface RecordPart {
  readonly text: string
  readonly href: (person: string) => string
  /**
   * Where it stands among the others: below 20 what is written and read every day, from 20 who the child is and who is
   * around, from 40 help and care, from 93 what is done with the record itself.
   */
  readonly rank: number
  /** Whoever reads only a summary sees the part when one of these field groups is open; always when absent. */
  readonly groups?: readonly string[]
  /** Shown to these roles alone; to everyone when absent. */
  readonly roles?: readonly Role[]
}

/** One area of the work as the server takes it in. */
export interface Area {
  /** The name its paths have in templates: `paths.people.record({ person: id })`. */
  readonly name: string
  readonly pages: FastifyPluginAsync
  // biome-ignore lint/suspicious/noExplicitAny: patterns differ in their parameters; templates are not typed
  readonly paths: Record<string, Path<any>>
  readonly menu?: readonly MenuEntry[]
  readonly recordParts?: readonly RecordPart[]
  /** What it has for somebody's day, on My work. */
  readonly dayParts?: readonly DayPart[]
  /** What the area says of records that it looks at from outside. */
  readonly onlooker?: Onlooker
}
