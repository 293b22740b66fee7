import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../cli.ts'
import { sampleCensus, sampleSsda903 } from '../returns/testing/samples.ts'
import { define } from './check.ts'

const folder = mkdtempSync(join(tmpdir(), 'cairn-check-'))
const path = (name: string) => join(folder, name)

beforeAll(() => {
  writeFileSync(path('census.xml'), sampleCensus)
  for (const [name, text] of Object.entries(sampleSsda903)) writeFileSync(path(name), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a command line. @returns its exit status and what it said */
async function cairn(...args: string[]) {
  const said = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text
    return true
  })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text
    return true
  })
  try {
    return { status: await run(['check', ...args]), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

describe('cairn check', () => {
  test('what stands behind a return is the return’s, and without one it says what there is', async () => {
    const { out } = await cairn('cin-census', path('census.xml'), '--year', '2023-24', '--json')
    expect(JSON.parse(out)).toMatchObject({ year: '2023-24', ruleset: '2023-24' })
    expect((await cairn()).status).toBe(2)
    expect((await cairn('--record', '--return', 'annex-a')).status).toBe(2)
  })

  test('--json has the shape that programs rely on', async () => {
    const { status, out } = await cairn(
      'cin-census',
      path('census.xml'),
      '--json',
      '--rule',
      '8863Q,2886Q,8565',
    )
    const document = JSON.parse(out)
    expect(Object.keys(document)).toEqual([
      'return',
      'year',
      'ruleset',
      'children',
      'ran',
      'notRun',
      'findings',
    ])
    expect(document).toMatchObject({
      ...{ return: 'cin-census', year: '2025-26', ruleset: '2025-26', children: 2 },
      ...{ ran: ['2886Q', '8565', '8863Q'], notRun: [] },
    })
    expect(document.findings).toEqual([
      {
        ...{ rule: '8863Q', kind: 'query', child: 'A1', message: expect.any(String) },
        places: [
          { table: 'Assessments', row: 2, fields: ['AssessmentActualStartDate'] },
          {
            table: 'Assessments',
            row: 1,
            fields: ['AssessmentActualStartDate', 'AssessmentAuthorisationDate'],
          },
        ],
      },
    ])
    expect(status).toBe(1)
  })

  test('exit status 0 when nothing is found', async () => {
    expect((await cairn('cin-census', path('census.xml'), '--rule', '100')).status).toBe(0)
  })

  test.each([
    ['a file that is not there', ['cin-census', path('nowhere.xml')], 'nowhere.xml: there is no such file'],
    ['a file of another kind', ['cin-census', path('oc3.csv')], 'oc3.csv: is not XML'],
    ['a folder without a return', ['ssda903', tmpdir()], ''],
    [
      'a year that is none',
      ['cin-census', path('census.xml'), '--year', '2025'],
      '2025: a year is written like 2025-26',
    ],
    ['a rule that is none', ['ssda903', folder, '--rule', '9'], 'There is no rule 9'],
    [
      'a place that cannot be written to',
      ['ssda903', folder, '--csv', path('no/where.csv')],
      'cannot be written',
    ],
    ['no file at all', ['cin-census'], 'missing required argument'],
  ])('exit status 2 and a line for %s', async (_what, args, says) => {
    const { status, out, err } = await cairn(...args)
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(says)
  })

  test('the year is what the user says, else what the file says, else the latest; its rules the nearest', async () => {
    const years = async (...args: string[]) => {
      const { year, ruleset } = JSON.parse((await cairn(...args, '--json')).out)
      return [year, ruleset]
    }
    expect(await years('cin-census', path('census.xml'))).toEqual(['2025-26', '2025-26'])
    expect(await years('cin-census', path('census.xml'), '--year', '2019-20')).toEqual(['2019-20', '2022-23'])
    expect(await years('cin-census', path('census.xml'), '--year', '2030-31')).toEqual(['2030-31', '2026-27'])
    expect(await years('cin-census', path('census.xml'), '--ruleset', '2023-24')).toEqual([
      '2025-26',
      '2023-24',
    ])
    expect(await years('ssda903', folder)).toEqual(['2026-27', '2026-27'])
  })

  test('rules that need what is not there are told, with why', async () => {
    const { notRun } = JSON.parse((await cairn('ssda903', folder, '--year', '2025-26', '--json')).out)
    const why = Object.fromEntries(notRun.map(({ rule, why }: { rule: string; why: string }) => [rule, why]))
    expect(why['503A']).toBe('the table Episodes of the previous year is not there')
    expect(why['420']).toContain('--postcodes')
    expect(why['1008']).toContain('--providers')
  })

  test('with last year beside it they run', async () => {
    const { ran } = JSON.parse(
      (await cairn('ssda903', folder, '--previous', folder, '--year', '2025-26', '--json')).out,
    )
    expect(ran).toContain('503A')
  })

  test('--ndjson is a finding a line', async () => {
    const { out } = await cairn('cin-census', path('census.xml'), '--ndjson')
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(findings.length).toBeGreaterThan(0)
    for (const finding of findings)
      expect(Object.keys(finding)).toEqual(['rule', 'kind', 'child', 'message', 'places'])
  })

  test('--csv and --xlsx are tables with a line for each place', async () => {
    await cairn(
      'cin-census',
      path('census.xml'),
      '--csv',
      path('f.csv'),
      '--xlsx',
      path('f.xlsx'),
      '--rule',
      '8863Q',
    )
    const lines = readFileSync(path('f.csv'), 'utf8').trimEnd().split('\r\n')
    expect(lines[0]).toBe('\ufeffRule,Kind,Child,What is wrong,Table,Row,Fields')
    expect(lines.slice(1).map((line) => line.split(',').slice(-3).join())).toEqual([
      'Assessments,2,AssessmentActualStartDate',
      'Assessments,1,AssessmentActualStartDate AssessmentAuthorisationDate',
    ])
    const { readWorkbook } = await import('../returns/rules/reference/workbook.ts')
    const [sheet] = readWorkbook(readFileSync(path('f.xlsx')), 'f.xlsx')
    expect(sheet!.rows.map((row) => row[5])).toEqual(['Row', '2', '1'])
  })

  test('a person sees how often each rule found something, and what it is about', async () => {
    const { out } = await cairn('cin-census', path('census.xml'), '--rule', '8863Q')
    expect(out).toMatch(/^2 children, 2025-26: 1 findings of 1 rules\.\n +1 {2}query {2}8863Q {2}\w/)
  })

  test('what is wrong with the file goes beside, not into, the findings', async () => {
    writeFileSync(path('dirty.xml'), sampleCensus.replace('<Children>', 'stray<Children>'))
    const { out, err } = await cairn('cin-census', path('dirty.xml'), '--json')
    expect(err).toContain('dirty.xml, line 7: stray text')
    expect(() => JSON.parse(out)).not.toThrow()
  })

  test('each has help', () => {
    const command = new Command('check')
    define(command)
    for (const sub of command.commands) expect(sub.helpInformation()).toContain('--ruleset')
  })
})
