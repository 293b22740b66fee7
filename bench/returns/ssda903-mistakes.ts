import { dayOf } from '../../src/returns/reading/days.ts'
import { birthday } from '../../src/returns/rules/calendar.ts'
import { slashed } from './dates.ts'
import type { Expected, Fields, Mistake } from './mistakes.ts'
import { firstYearOfOrders, type Rows903 } from './ssda903.ts'
import type { Year } from './ssda903-lives.ts'

/** A child of this year's return, with what last year's says. */
export type TwoYears = Rows903 & { lastYear: Rows903 }

type Made = ReturnType<Mistake<TwoYears>['make']>
type Make = (child: TwoYears, before: TwoYears) => Made

const day = (text: string | undefined) => dayOf(text ?? '')

/** Ways in which a looked-after children return goes wrong, each found by one rule and by no other. */
export function ssda903Mistakes(year: Year): Mistake<TwoYears>[] {
  const all = {
    ...{ ...ofHeader(), ...ofEpisodes(year), ...ofOrder(), ...ofOtherTables(year), ...ofLastYear() },
    ...(year.name < firstYearOfOrders ? {} : ofOrders(year)),
  }
  return Object.entries(all).map(([rule, make]) => ({
    rule,
    make: (child, _chance, before) => make(child, before),
  }))
}

/** Puts values into a row. @returns the row, as what is marked */
const put = (row: Fields, values: Fields): Fields[] => [Object.assign(row, values)]

/** Where one mistake breaks several rules: each rule with the row it marks. */
const each = (found: Record<string, Fields>): Expected[] =>
  Object.entries(found).map(([rule, row]) => ({ rule, rows: [row] }))

/** With the header of a child in care who has no UASC row. */
const withHeader =
  (make: (header: Fields, child: TwoYears) => Made): Make =>
  (child) =>
    child.Header.length === 1 && child.UASC.length === 0 && child.Episodes.some(({ HOME_POST }) => HOME_POST)
      ? make(child.Header[0]!, child)
      : undefined

/** The same values in both years' headers. */
const inBoth = (values: Fields): Make =>
  withHeader((header, { lastYear }) => {
    if (header.SEX === 'F') return undefined
    if (lastYear.Header[0] !== undefined) Object.assign(lastYear.Header[0], values)
    return put(header, values)
  })

/** Values of last year's header that are not this year's. */
const otherLastYear = (values: Fields): Make =>
  withHeader((header, { lastYear }) => {
    const last = lastYear.Header[0]
    if (last === undefined || header.SEX === 'F') return undefined
    for (const name in values) if (header[name] === values[name]) return undefined
    Object.assign(last, values)
    return [header]
  })

function ofHeader(): Record<string, Make> {
  return {
    101: inBoth({ SEX: 'X' }),
    103: inBoth({ ETHNIC: 'WHIT' }),
    168: withHeader((header, { lastYear }) => {
      header.UPN = `X${header.CHILD}`
      if (lastYear.Header[0] !== undefined) lastYear.Header[0].UPN = header.UPN
      return [header]
    }),
    232: inBoth({ SEX: 'U' }),
    202: otherLastYear({ SEX: 'F' }),
    203: otherLastYear({ DOB: '03/05/2013' }),
    204: otherLastYear({ ETHNIC: 'OOTH' }),
    208: otherLastYear({ UPN: 'A201999999999' }),
    165: withHeader((header, { Episodes, lastYear }) => {
      if (header.SEX !== 'F' || header.MOTHER !== '0' || Episodes.some(({ REC }) => REC && REC !== 'X1'))
        return undefined
      if (lastYear.Header.length > 0) return undefined
      header.MOTHER = undefined
      return each({ 165: header, 393: header })
    }),
    174: withHeader((header, { Episodes, lastYear }) =>
      header.SEX === 'M' && lastYear.Header.length === 0
        ? put(header, { MC_DOB: Episodes.at(-1)!.DECOM })
        : undefined,
    ),
    611: withHeader((header, { lastYear }) =>
      header.MOTHER === '1' && lastYear.Header[0]?.MOTHER !== '1'
        ? put(header, { MC_DOB: undefined })
        : undefined,
    ),
    612: withHeader((header, { Episodes, lastYear }) => {
      const old = day(header.DOB) < day(Episodes[0]!.DECOM) - 4600
      return header.MOTHER === '0' && old && lastYear.Header.length === 0
        ? put(header, { MC_DOB: slashed(day(Episodes.at(-1)!.DECOM)) })
        : undefined
    }),
    444: (child, before) => {
      const [mine, other] = [child.Header[0], before.Header[0]]
      if (!mine || !other || !/\d{12}/.test(mine.UPN ?? '') || !/\d{12}/.test(other.UPN ?? ''))
        return undefined
      mine.UPN = other.UPN
      if (child.lastYear.Header[0]) child.lastYear.Header[0].UPN = other.UPN
      return [
        { rule: '444', rows: [other] },
        { rule: '444', rows: [mine] },
      ]
    },
  }
}

/** With the only episode of a child who came this year and is fostered still. */
const withNew = (make: (episode: Fields, child: TwoYears) => Made): Make =>
  withHeader((_header, child) => {
    const episode = child.Episodes[0]!
    const isNew =
      child.OC2.length === 0 &&
      child.Episodes.length === 1 &&
      child.lastYear.Header.length === 0 &&
      episode.DEC === undefined
    return isNew && episode.PLACE!.startsWith('U') ? make(episode, child) : undefined
  })

const putNew = (values: Fields): Make => withNew((episode) => put(episode, values))

/** With a new child who is younger than that at the end. */
const putYounger = (age: number, year: Year, values: Fields): Make =>
  withNew((episode, { Header }) =>
    birthday(day(Header[0]!.DOB), age) > year.last ? put(episode, values) : undefined,
  )

/** The new child has gone home, with other values than are right. */
const endNew = (year: Year, values: (start: number) => Fields, younger = 18): Make =>
  withNew((episode, child) => {
    const start = day(episode.DECOM)
    if (start > year.last - 60 || birthday(day(child.Header[0]!.DOB), younger) < year.last) return undefined
    child.Reviews = []
    child.Missing = []
    return put(episode, { REC: 'E4A', DEC: slashed(start + 50), ...values(start) })
  })

const notInspected = { URN: undefined }
const byCqc = { URN: 'XXXXXXX' }

function ofEpisodes(year: Year): Record<string, Make> {
  return {
    144: putNew({ LS: 'C9' }),
    145: putNew({ CIN: 'N9' }),
    146: putNew({ PLACE: 'U9', ...byCqc }),
    147: endNew(year, () => ({ DEC: '31/02/2026' })),
    148: putNew({ REC: 'E8' }),
    149: endNew(year, () => ({ REC: 'E99' })),
    355: endNew(year, (start) => ({ DEC: slashed(start) })),
    356: endNew(year, (start) => ({ DEC: slashed(start - 1) })),
    385: endNew(year, () => ({ DEC: slashed(year.last + 4) })),
    387: endNew(year, () => ({ REC: 'E5' }), 14),
    389: endNew(year, () => ({ REC: 'E7' }), 16),
    358: withNew((episode, { Header }) =>
      birthday(day(Header[0]!.DOB), 10) > year.last ? [...put(episode, { LS: 'J1' }), Header[0]!] : undefined,
    ),
    372: putYounger(10, year, { PLACE: 'R5', PLACE_PROVIDER: 'PR4', ...notInspected }),
    373: putYounger(4, year, { PLACE: 'S1', PLACE_PROVIDER: 'PR4', ...byCqc }),
    374: putYounger(14, year, { PLACE: 'P3', PLACE_PROVIDER: 'PR4', ...notInspected }),
    378: withNew((episode) =>
      put(episode, {
        LS: 'V2',
        PLACE: 'P1',
        PLACE_PROVIDER: 'PR0',
        PL_POST: episode.HOME_POST,
        ...notInspected,
      }),
    ),
    '392d': withNew((episode) => put(episode, { PL_POST: episode.HOME_POST })),
    218: putNew(notInspected),
    219: putNew({ PLACE: 'U2' }),
    224: withNew((episode) =>
      put(episode, { PLACE_PROVIDER: episode.PLACE_PROVIDER === 'PR5' ? 'PR4' : 'PR5' }),
    ),
    233: putNew({ REASON_PLACE_CHANGE: 'CARPL' }),
    1009: endNew(year, () => ({ REASON_PLACE_CHANGE: 'MOVED' })),
    526: putNew({ PLACE_PROVIDER: undefined, ...byCqc }),
    528: putNew({ PLACE: 'R2', PLACE_PROVIDER: 'PR2', ...notInspected }),
    529: putNew({ PLACE_PROVIDER: 'PR3', ...byCqc }),
    530: putNew({ PLACE: 'P1', PLACE_PROVIDER: 'PR4', LS: 'C1', ...notInspected }),
    531: putNew({ PLACE: 'P1', PLACE_PROVIDER: 'PR5', LS: 'C1', ...notInspected }),
    550: putNew({ PLACE_PROVIDER: 'PR0', ...byCqc }),
    630: withNew((episode, child) => {
      child.PrevPerm = []
      return [episode]
    }),
  }
}

/** With two episodes of this year of which the later began with this reason. */
const withNext = (why: string, make: (episode: Fields, before: Fields, child: TwoYears) => Made): Make =>
  withHeader((_header, child) => {
    const [first, second] = child.Episodes
    const isPlain =
      child.OC2.length === 0 && child.lastYear.Header.length === 0 && child.Episodes.length === 2
    return isPlain && second!.RNE === why && second!.DEC === undefined
      ? make(second!, first!, child)
      : undefined
  })

function ofOrder(): Record<string, Make> {
  return {
    142: withNext('P', (episode, before) => {
      put(before, { DEC: undefined, REC: undefined, REASON_PLACE_CHANGE: undefined })
      return each({ 142: before, 433: episode })
    }),
    225: withNext('P', (_episode, before) => put(before, { REASON_PLACE_CHANGE: undefined })),
    388: withNext('P', (episode, before) => {
      put(before, { REC: 'E8' })
      return each({ 388: before, 432: episode })
    }),
    431: withNext('P', (episode) => put(episode, { RNE: 'S' })),
    433: withNext('L', (episode, before) => {
      put(before, { DEC: slashed(day(before.DEC) - 1) })
      return each({ 388: before, 433: episode })
    }),
    434: withNext('L', (episode, before) => put(episode, { LS: before.LS })),
    435: withNext('P', (episode, before) => put(episode, { LS: before.LS === 'C2' ? 'C1' : 'C2' })),
    436: withNext('B', (episode, before) => put(episode, { LS: before.LS })),
    501: withNext('L', (episode, before) => {
      put(before, { DEC: slashed(day(before.DEC) + 1) })
      return each({ 388: before, 433: episode, 501: episode })
    }),
    504: withNext('L', (episode) => put(episode, { CIN: episode.CIN === 'N4' ? 'N5' : 'N4' })),
    437: withNext('L', (episode, before) => {
      put(before, { REC: 'E2' })
      return each({ 388: before, 432: episode, 437: before })
    }),
  }
}

/** With the first row of a table, for a child who is in care and has nothing else to do with it. */
const withRow = (table: keyof Rows903, make: (row: Fields, child: TwoYears) => Made): Make =>
  withHeader((_header, child) => (child[table].length > 0 ? make(child[table][0]!, child) : undefined))

const putRow = (table: keyof Rows903, values: Fields): Make => withRow(table, (row) => put(row, values))

/** With a new child who goes missing a few days after care began. */
const missing = (year: Year, values: (start: number) => Fields): Make =>
  withNew((episode, child) => {
    const start = day(episode.DECOM)
    if (start > year.last - 60) return undefined
    const { CHILD, DOB } = child.Header[0]!
    const spell = { CHILD, DOB, MISSING: 'M', MIS_START: slashed(start + 20), MIS_END: slashed(start + 22) }
    child.Missing = [spell]
    return put(spell, values(start + 20))
  })

/** A row of a table twice. */
const twice = (table: keyof Rows903, rule: string): Make =>
  withHeader((_header, child) => {
    if (child[table].length !== 1) return undefined
    child[table] = [child[table][0]!, { ...child[table][0]! }]
    return child[table].map((row) => ({ rule, rows: [row] }))
  })

/** A date of birth that is not the header's. */
const otherDob = (table: keyof Rows903): Make =>
  withRow(table, (row) => put(row, { DOB: slashed(day(row.DOB) - 1) }))

function ofOtherTables(year: Year): Record<string, Make> {
  return {
    167: putRow('Reviews', { REVIEW_CODE: 'PN9' }),
    180: withRow('OC2', (row) => (row.SDQ_SCORE ? put(row, { SDQ_SCORE: '41' }) : undefined)),
    181: putRow('OC2', { TEETH_CHECK: 'Y' }),
    186: withRow('OC2', (row) =>
      birthday(day(row.DOB), 5) < year.first && birthday(day(row.DOB), 15) > year.last
        ? put(row, { SDQ_SCORE: undefined, SDQ_REASON: undefined })
        : undefined,
    ),
    192: withRow('OC2', (row) =>
      row.SUBSTANCE_MISUSE === '0' ? put(row, { SUBSTANCE_MISUSE: '1' }) : undefined,
    ),
    193: withRow('OC2', (row) =>
      row.SUBSTANCE_MISUSE === '0' ? put(row, { INTERVENTION_RECEIVED: '1' }) : undefined,
    ),
    '197a': withRow('OC2', (row) => (row.SDQ_SCORE ? put(row, { SDQ_REASON: 'SDQ2' }) : undefined)),
    158: withRow('OC2', (row) =>
      row.INTERVENTION_RECEIVED === '1' ? put(row, { INTERVENTION_OFFERED: '1' }) : undefined,
    ),
    542: withRow('OC2', (row) => (row.CONVICTED ? undefined : put(row, { CONVICTED: '0' }))),
    543: withRow('OC2', (row) => (row.CONVICTED ? put(row, { CONVICTED: undefined }) : undefined)),
    545: withRow('OC2', (row) => (row.HEALTH_CHECK ? put(row, { HEALTH_CHECK: undefined }) : undefined)),
    546: withRow('OC2', (row) => (row.HEALTH_CHECK ? undefined : put(row, { HEALTH_CHECK: '1' }))),
    131: (child) => (child.OC3[0]?.IN_TOUCH === 'YES' ? put(child.OC3[0], { IN_TOUCH: 'MAYBE' }) : undefined),
    132: (child) => (child.OC3[0] ? put(child.OC3[0], { ACTIV: 'F3' }) : undefined),
    133: (child) => (child.OC3[0] ? put(child.OC3[0], { ACCOM: 'X1' }) : undefined),
    345: (child) => (child.OC3[0]?.IN_TOUCH === 'YES' ? put(child.OC3[0], { ACTIV: '0' }) : undefined),
    344: (child) => (child.OC3[0]?.IN_TOUCH === 'YES' ? put(child.OC3[0], { IN_TOUCH: 'RHOM' }) : undefined),
    114: withRow('AD1', (row) => put(row, { FOSTER_CARE: '2' })),
    175: withRow('AD1', (row) => put(row, { NB_ADOPTR: '3' })),
    333: withRow('AD1', (row) => put(row, { DATE_MATCH: slashed(day(row.DATE_INT) - 1) })),
    335: withRow('AD1', (row, { Episodes }) => [...put(row, { FOSTER_CARE: '1' }), Episodes.at(-1)!]),
    511: withRow('AD1', (row) => {
      if (row.NB_ADOPTR !== '2') return undefined
      row.SEX_ADOPTR = 'M1'
      return each({ 511: row, 520: row })
    }),
    518: withRow('AD1', (row) => (row.NB_ADOPTR === '2' ? put(row, { LS_ADOPTR: 'L4' }) : undefined)),
    582: withRow('AD1', (row, { Episodes }) => {
      const last = Episodes.at(-1)!
      row.DATE_MATCH = last.DEC
      return [
        { rule: '331', rows: [row, last] },
        { rule: '582', rows: [last] },
      ]
    }),
    1006: missing(year, () => ({ MISSING: 'X' })),
    1005: missing(year, () => ({ MIS_END: '2026-01-02' })),
    565: missing(year, () => ({ MISSING: undefined, MIS_END: undefined })),
    567: missing(year, (start) => ({ MIS_END: slashed(start - 1) })),
    571: missing(year, () => ({ MIS_END: slashed(year.last + 1) })),
    631: withRow('PrevPerm', (row, { lastYear }) =>
      lastYear.Header.length > 0 && row.LA_PERM ? put(row, { PREV_PERM: 'P9' }) : undefined,
    ),
    633: withRow('PrevPerm', (row) => (row.LA_PERM ? put(row, { LA_PERM: 'XYZ' }) : undefined)),
    635: withRow('PrevPerm', (row) => (row.PREV_PERM === 'Z1' ? put(row, { LA_PERM: '846' }) : undefined)),
    SW02STG1: putRow('SWEpisodes', { SW_ID: 'AB1234' }),
    SW05STG1: withRow('SWEpisodes', (row, { SWEpisodes }) => {
      if (SWEpisodes.length === 1) return undefined
      row.SW_DEC = '31/11/2025'
      return each({ SW05STG1: row, SW08STG2: row })
    }),
    SW17STG2: withRow('SWEpisodes', (row, { SWEpisodes }) =>
      SWEpisodes.length === 1 && day(row.SW_DECOM) < year.last - 30
        ? put(row, { SW_DEC: slashed(year.last - 10) })
        : undefined,
    ),
    SW13STG1: putRow('SWEpisodes', { SW_REASON: 'HOLIDAY' }),
    SW01bSTG1: withRow('SWEpisodes', (row) => {
      row.SW_REASON = undefined
      return each({ SW01bSTG1: row, SW13STG1: row })
    }),
    INT14: otherDob('OC2'),
    INT16: otherDob('PrevPerm'),
    INT17: otherDob('Reviews'),
    INT31: twice('AD1', 'INT31'),
    INT33: twice('OC2', 'INT33'),
    INT35: twice('PrevPerm', 'INT35'),
  }
}

/** With this year's first episode, which last year's return left open. */
const withOpenLast = (make: (episode: Fields, last: Fields) => Made): Make =>
  withHeader((_header, { Episodes, lastYear }) => {
    const last = lastYear.Episodes.at(-1)
    const isOpen = last !== undefined && last.DEC === undefined && last.DECOM === Episodes[0]!.DECOM
    return isOpen && last.PLACE!.startsWith('U') ? make(Episodes[0]!, last) : undefined
  })

const wasOther = (values: Fields): Make =>
  withOpenLast((episode, last) => {
    for (const name in values) if (last[name] === values[name]) return undefined
    Object.assign(last, values)
    return [episode]
  })

function ofLastYear(): Record<string, Make> {
  return {
    '503A': wasOther({ RNE: 'U' }),
    '503B': wasOther({ LS: 'J3' }),
    '503C': wasOther({ CIN: 'N7' }),
    '503D': wasOther({ PLACE: 'U5' }),
    '503E': wasOther({ PLACE_PROVIDER: 'PR2' }),
    '503F': wasOther({ URN: 'SC499999' }),
    560: (child) => {
      const [plan, last] = [child.PlacedAdoption[0], child.lastYear.PlacedAdoption[0]]
      if (!plan || !last || child.AD1.length > 0) return undefined
      last.DATE_PLACED = slashed(day(last.DATE_PLACED) - 2)
      return [plan]
    },
  }
}

/** With the only deprivation of liberty order of a child, which has ended, and the episode that it began in. */
const withOrder = (make: (order: Fields, episode: Fields, child: TwoYears) => Made): Make =>
  withHeader((_header, child) => {
    const [order, other] = child.DoLo
    if (order?.DOLO_END === undefined || other !== undefined || child.lastYear.DoLo.length > 0)
      return undefined
    const start = day(order.DOLO_START)
    const episode = child.Episodes.find(
      ({ DECOM, DEC }) => day(DECOM) < start && (DEC === undefined || day(DEC) > start),
    )
    return episode && make(order, episode, child)
  })

/** With one that began in the child's last episode, which goes on. */
const withOrderToday = (make: (order: Fields, child: TwoYears) => Made): Make =>
  withOrder((order, episode, child) =>
    episode === child.Episodes.at(-1) && episode.DEC === undefined ? make(order, child) : undefined,
  )

/** With one that begins on the day the child moved there, and the episode that ended then. */
const withOrderTooEarly = (places: string, make: (order: Fields, before: Fields) => Made): Make =>
  withOrder((order, episode, { Episodes }) => {
    const at = Episodes.indexOf(episode)
    const before = Episodes[at - 1]
    if (!before || !places.split(' ').includes(before.PLACE!)) return undefined
    order.DOLO_START = episode.DECOM
    return make(order, before)
  })

function ofOrders(year: Year): Record<string, Make> {
  return {
    700: withOrder((order) => put(order, { DOLO_START: '2026-12-10' })),
    701: withOrderToday((order) => put(order, { DOLO_END: '31/02/2027' })),
    702: withOrder((order) => put(order, { DOLO_END: order.DOLO_START })),
    703: withOrderToday((order) => put(order, { DOLO_START: slashed(year.last + 3), DOLO_END: undefined })),
    704: withOrderToday((order) => put(order, { DOLO_END: slashed(year.last + 2) })),
    705: withOrderToday((order, child) => {
      const end = day(order.DOLO_END)
      if (end > year.last - 3) return undefined
      const second = { ...order, DOLO_START: slashed(end - 3), DOLO_END: slashed(end + 3) }
      child.DoLo.push(second)
      return [second]
    }),
    707: withOrder((order, episode, { Episodes }) => {
      const end = episode === Episodes.at(-1) ? day(episode.DEC) : Number.NaN
      return end < year.last - 6 ? put(order, { DOLO_END: slashed(end + 5) }) : undefined
    }),
    708: withOrder((order) => put(order, { DOB: order.DOLO_START })),
    709: withOrderTooEarly('U1 U3 U4 U6', (order, before) => [order, before]),
    710: withOrderTooEarly('P1 K3', (order, before) => [
      { rule: '709', rows: [order, before] },
      { rule: '710', rows: [order, before] },
    ]),
    ...(year.name > firstYearOfOrders ? { 706: openOrderForgotten } : {}),
  }
}

/** Last year's open order began on another day than this year's first. */
const openOrderForgotten: Make = ({ DoLo, lastYear }) => {
  const last = lastYear.DoLo.at(-1)
  if (last === undefined || last.DOLO_END !== undefined) return undefined
  last.DOLO_START = slashed(day(last.DOLO_START) + 1)
  return [DoLo[0]!]
}
