import { describe, expect, test } from 'vitest'
import { parseForm } from '../web/form.ts'
import { oversightDue, supervisionDue, supervisionSchema } from './supervision.ts'

const child = '0198f3aa-0000-7000-8000-000000000001'

describe('when supervision is due', () => {
  test('four weeks after the last at the latest, sooner where they agreed a day, now where there was none', () => {
    expect(supervisionDue('2026-11-02', null)).toBe('2026-11-30')
    expect(supervisionDue('2026-11-02', '2026-11-16')).toBe('2026-11-16')
    expect(supervisionDue('2026-11-02', '2027-02-01')).toBe('2026-11-30')
    expect(supervisionDue(null, null)).toBeUndefined()
    expect(oversightDue('2026-10-01')).toBe('2026-11-26')
  })
})

describe('a supervision as typed', () => {
  const typed = (more: object) => parseForm(supervisionSchema, { held: '2/11/2026', ...more })
  test('a decision for a child has a reason, a reason a decision', () => {
    expect(typed({ [`child[${child}][decision]`]: 'See her alone this week' }).errors).toEqual({
      [`child[${child}][why]`]: 'Say why',
    })
    expect(Object.keys(typed({ [`child[${child}][why]`]: 'Nobody has' }).errors)).toEqual([
      `child[${child}][decision]`,
    ])
  })
  test('children who were not talked about are left out, and something was', () => {
    expect(typed({}).ok).toBe(false)
    const form = typed({
      agreed: 'Leave in January',
      [`child[${child}][decision]`]: '',
      [`child[${child}][why]`]: '',
    })
    expect(form.ok).toBe(true)
  })
})
