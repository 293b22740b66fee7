import { expect, test } from 'vitest'
import { loadEngine } from './load.ts'

const { engine } = await loadEngine()

const columns = {
  header: 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB',
  episodes: 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN',
  oc3: 'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM',
}

const files = (rows: Partial<Record<keyof typeof columns, string>>) =>
  Object.entries(rows).map(([table, text]) => ({
    name: `${table}.csv`,
    bytes: Buffer.from(`${columns[table as keyof typeof columns]}\n${text}\n`),
  }))

test('a rule that wants rows of a table is not run where it has none, and says so', async () => {
  const now = { header: '1,F,01/06/2008', oc3: '1,01/06/2008,YES', episodes: '1,01/02/2026,S,C2' }
  const asked = { year: '2025-26', lists: {}, rules: ['1001'] }
  const check = async (these: Partial<typeof now>, episodesBefore: string) => {
    const { findings, notRun } = await engine.checkSsda903(
      { ...asked, given: files({ ...now, ...these }), previous: files({ episodes: episodesBefore }) },
      null,
    )
    return [[...findings].map(({ rule }) => rule), notRun.map(({ why }) => why)]
  }
  expect(await check({}, '2,01/02/2025,S,C2')).toEqual([['1001'], []])
  expect(await check({}, '')).toEqual([[], ['the table Episodes of the previous year holds no row']])
  expect(await check({ episodes: '' }, '2,01/02/2025,S,C2')).toEqual([
    [],
    ['the table Episodes holds no row'],
  ])
})

test('every pair of Header rows counts, of this year and of last', async () => {
  const { findings } = await engine.checkSsda903(
    {
      ...{ year: '2025-26', lists: {}, rules: ['204', '302'] },
      given: files({
        header: '1,F,01/06/2008,WBRI\n1,F,01/06/2026,WBRI',
        episodes: '1,01/02/2026,S,C2',
      }),
      previous: files({ header: '1,F,01/06/2008,WBRI\n1,F,01/06/2008,MWBC' }),
    },
    null,
  )
  expect(
    [...findings].map(({ rule, places }) => [rule, ...places.map(({ table, row }) => `${table} ${row}`)]),
  ).toEqual([
    ['204', 'Header 1'],
    ['204', 'Header 2'],
    ['302', 'Episodes 1', 'Header 2'],
  ])
})
