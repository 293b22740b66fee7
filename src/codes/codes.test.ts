import { describe, expect, test } from 'vitest'
import { codeSet, codeSets, isValid, labelOf } from './codes.ts'
import { domainsSql } from './domains.ts'

const year = /^20\d\d-\d\d$/

describe.each([...codeSets.values()])('$name', ({ name, title, fields, codes }) => {
  test('says what it is, and each code once, with real years', () => {
    expect(title).not.toBe('')
    expect(Object.values(fields).flat()).not.toEqual([])
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length)
    for (const { code, label, from, until, retired } of codes) {
      expect(label, `${name} ${code}`).toMatch(/\S/)
      for (const one of [from, until, retired]) if (one) expect(one).toMatch(year)
      if (from && until) expect(from <= until).toBe(true)
    }
  })
})

test('a code is valid in its years', () => {
  const place = (code: string) => codeSet('placement_type').codes.find((one) => one.code === code)!
  const years = ['2022-23', '2023-24', '2024-25', '2025-26', '2026-27']
  const valid = (code: string) => years.filter((one) => isValid(place(code), one))
  expect(valid('H5')).toEqual(['2022-23', '2023-24'])
  expect(valid('K3')).toEqual(['2024-25', '2025-26', '2026-27'])
  expect(valid('Z1')).toEqual(['2022-23', '2023-24', '2024-25'])
  expect(valid('Z12')).toEqual(['2025-26', '2026-27'])
  expect(valid('U1')).toEqual(years)
})

test('a label is that of its year; an unknown code stands for itself', () => {
  expect(labelOf('primary_need', 'N1', '2023-24')).toBe('Abuse or neglect')
  expect(labelOf('primary_need', 'N1', '2025-26')).toBe('Abuse, neglect or exploitation')
  expect(labelOf('primary_need', 'N1')).toBe('Abuse, neglect or exploitation')
  expect(labelOf('primary_need', 'N77')).toBe('N77')
  expect(() => labelOf('no_such_set', 'N1')).toThrow('There is no code set no_such_set')
})

test('a quotation mark in a title does not break the domain', () => {
  const sql = domainsSql([
    { name: 'x', title: "Carer’s and carers' code", fields: {}, codes: [{ code: '1', label: 'one' }] },
  ])
  expect(sql).toContain(`check (value in ('1'))`)
  expect(sql).toContain(`carers'' code`)
})
