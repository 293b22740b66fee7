import type { Area } from '../events/kinds.ts'

/** How a period is counted: the codes of src/clocks/engine.ts, where each is explained. */
export type Unit = 'WD' | 'CD' | 'CDI' | 'WK' | 'MO' | 'YR' | 'HR' | 'DATE' | 'EVT' | 'TERM' | 'NIGHTS'

/** What a column of a fact must hold; `null` is 'nothing recorded'. `not` turns it round. */
export type Match = Readonly<
  Record<
    string,
    readonly (string | boolean | null)[] | { readonly not: readonly (string | boolean | null)[] }
  >
>

/** An event that a clock hears. */
export interface Trigger {
  readonly kind: string
  readonly where?: Match
  /** The column of the event's fact that says which start it answers; nothing there answers any. */
  readonly link?: string
}

/** A stretch of a child's life in which a clock runs: a plan, a period of care, a placement. */
export interface Span {
  readonly from: readonly Trigger[]
  readonly to: readonly Trigger[]
  /** It ends at this age at the latest. */
  readonly toAge?: number
}

/** What must be so on the day a clock starts. */
export type Condition =
  /** How many times it has started in its span, this time included. */
  | { readonly nth: number; readonly orLater?: true }
  /** None of these has happened since its span began. */
  | { readonly until: readonly Trigger[] }
  /** What the fact of the starting event says. */
  | { readonly fact: Match; readonly not?: true }
  /** Age in years, when it starts or so many months later: from the first on, and under the second. */
  | { readonly from?: number; readonly under?: number; readonly inMonths?: number }
  /** Less, or not less, than a year since its span began. */
  | { readonly firstYear: boolean }
  | { readonly during: Span }
  | { readonly notDuring: Span }
  /** So many events of these kinds, this one included, within so many days. */
  | { readonly times: number; readonly of: readonly Trigger[]; readonly inDays: number }

/** A period, and when it is the one that counts. */
export interface Count {
  readonly unit: Unit
  /** How many; for `DATE` how many months before the date, for `EVT` and `TERM` nothing. */
  readonly n: number
  /** Counted back from the start. */
  readonly before?: true
  /** `DATE`: the column of the starting event's fact. */
  readonly column?: string
  /** `EVT`: due with these clocks, or before these events. */
  readonly with?: readonly string[]
  readonly event?: readonly Trigger[]
  /** `NIGHTS`: in so many months. */
  readonly inMonths?: number
  readonly only?: Condition
  /** How far an authority may go; for a statutory clock it is `n` itself. */
  readonly most?: number
}

/** Who is told: the keys of the practice specification. */
export type Role =
  | 'FD'
  | 'FDM'
  | 'EDT'
  | 'FHLP'
  | 'SW'
  | 'LCPP'
  | 'TM'
  | 'SM'
  | 'AD'
  | 'DCS'
  | 'NO'
  | 'CPC'
  | 'IRO'
  | 'ADM'
  | 'ADO'
  | 'PAN'
  | 'FOS'
  | 'PLC'
  | 'HLT'
  | 'VSH'
  | 'DT'
  | 'PA'
  | 'LEG'
  | 'LADO'
  | 'RHI'
  | 'CMP'
  | 'BS'
  | 'PERF'
  | 'IG'

/** How far its source was read: the law, official guidance, neither; or an authority's own choice. */
export type Verified = 'law' | 'guidance' | 'unverified' | 'local'

/** One row of the list of statutory clocks, with everything by which it is counted. */
export interface Clock {
  readonly id: string
  readonly name: string
  readonly area: Area
  /** Field group that opens it. */
  readonly group: string
  readonly within?: Span
  /** Events, or birthdays: those ages, so many months later (earlier, with a minus). */
  readonly starts: readonly Trigger[] | { readonly ages: readonly number[]; readonly months?: number }
  readonly when?: readonly Condition[]
  /** The first whose `only` holds counts; when none does, it does not start. */
  readonly counts: readonly Count[]
  readonly stops: readonly Trigger[]
  readonly ends?: readonly Trigger[]
  readonly endsAge?: number
  /** What makes it longer, and how it is then counted, from the same start. */
  readonly extended?: { readonly by: readonly Trigger[]; readonly counts: Count }
  /** No task: a time within which something means something. */
  readonly flag?: true
  /** What it stops being when its time is up: a limit that must not be reached. */
  readonly statutory: boolean
  readonly source: string
  readonly verified: Verified
  /** First whose it is, then who else is told first. */
  readonly whose: readonly [Role, ...Role[]]
  /** Starts from the first day to the last day count by this row; absent: always. */
  readonly inForce?: { readonly from?: string; readonly to?: string } | 'not commenced'
  /** What its number does not say. */
  readonly notes?: string
}
