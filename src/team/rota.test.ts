import { describe, expect, test } from 'vitest'
import { mondayToFriday } from '../web/words.ts'
import { gapsOf, mondayOf, shiftsOf, tickOf, weekOf } from './rota.ts'

const account = '0198f3aa-0000-7000-8000-000000000001'

describe('a week of a rota', () => {
  test('begins on Monday, also from its Sunday', () => {
    expect(mondayOf('2026-11-25')).toBe('2026-11-23')
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  })

  test('takes the ticks of its own days and halves, and nothing else a form may send', () => {
    const shift = { account, day: '2026-11-24', half: 'morning' } as const
    const ticks = [
      tickOf(shift),
      tickOf({ ...shift, day: '2026-11-30' }),
      `${account} 2026-11-24 constructor`,
      'nonsense',
    ]
    expect(shiftsOf(ticks, '2026-11-23')).toEqual([shift])
  })

  test('says where nobody is on duty in office hours', () => {
    const days = weekOf('2026-11-23')
    const shifts = days.flatMap((day) =>
      (['morning', 'afternoon', 'night'] as const).map((half) => ({ account, day, half })),
    )
    const without = shifts.filter(
      ({ day, half }) => !(day === '2026-11-26' && half !== 'night') && day < '2026-11-28',
    )
    expect(gapsOf(days, without, mondayToFriday)).toEqual([
      { day: '2026-11-26', half: 'morning' },
      { day: '2026-11-26', half: 'afternoon' },
    ])
  })
})
