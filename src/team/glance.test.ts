import { describe, expect, test } from 'vitest'
import { byWorker, weightOf } from './glance.ts'

describe('a team at a glance', () => {
  test('weighs a child by the help that weighs most', () => {
    expect(weightOf(['child-in-need', 'child-protection'])).toBe(3)
    expect(weightOf(['constructor'])).toBe(1)
    expect(weightOf([])).toBe(1)
  })

  test('has a row for each worker, by name, and nobody’s children last', () => {
    const child = { workerId: 'a', worker: 'Sam', badges: ['looked-after'], late: 1, soon: 2, drift: ['x'] }
    const rows = byWorker([
      { ...child, workerId: null, worker: null },
      child,
      { ...child, badges: [], late: 0, drift: [] },
      { ...child, workerId: 'b', worker: 'Ada' },
    ])
    expect(rows.map(({ worker }) => worker)).toEqual(['Ada', 'Sam', null])
    expect(rows[1]).toEqual({
      workerId: 'a',
      worker: 'Sam',
      children: 2,
      weight: 4,
      soon: 4,
      late: 1,
      drifted: 1,
    })
  })
})
