import { expect, test } from 'vitest'
import { type FactTable, withoutEmptyColumns } from './sources.ts'

const table: FactTable = {
  table: 'relationship',
  heading: 'Family',
  columns: [{ text: 'Name' }, { text: 'From' }, { text: 'To' }, { text: 'Source' }],
  rows: [
    { fact: {}, cells: ['Leanne', '', '', { text: 'people.csv' }] },
    { fact: {}, cells: ['Craig', '', '3 May 2026', { text: 'people.csv' }] },
  ],
  empty: 'Nobody',
}

test('a column goes only when no row says anything in it', () => {
  const { columns, rows } = withoutEmptyColumns(table)
  expect(columns.map(({ text }) => text)).toEqual(['Name', 'To', 'Source'])
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Leanne', '', { text: 'people.csv' }],
    ['Craig', '3 May 2026', { text: 'people.csv' }],
  ])
  expect(withoutEmptyColumns({ ...table, rows: [] }).columns).toHaveLength(4)
})
