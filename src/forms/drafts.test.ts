import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Kept, mergeText, settle } from './drafts.ts'

const here = { window: 'here', sent: 5 }
const kept = (more: Partial<Kept> = {}): Kept => ({
  value: 'Seen at home',
  version: 3,
  account: 'ana',
  window: 'there',
  sent: 9,
  ...more,
})

describe('what becomes of a field that a window sends', () => {
  test('nothing was there: it is written', () => {
    expect(settle(undefined, { value: 'Seen', version: 0 }, here)).toEqual({ to: 'write', value: 'Seen' })
  })
  test('its writer saw what stood there: it is written', () => {
    expect(settle(kept(), { value: 'Seen at school', version: 3 }, here)).toMatchObject({ to: 'write' })
  })
  test('the same message twice, or one that was overtaken, changes nothing', () => {
    const mine = kept({ window: 'here', sent: 5 })
    expect(settle(mine, { value: 'Seen', version: 0 }, here)).toEqual({ to: 'leave' })
    expect(settle(mine, { value: 'Seen', version: 0 }, { window: 'here', sent: 4 })).toEqual({ to: 'leave' })
    expect(settle(mine, { value: 'Seen', version: 0 }, { window: 'here', sent: 6 })).toMatchObject({
      to: 'write',
    })
  })
  test('somebody changed another part of the text: both changes stand', () => {
    const said = { value: 'Seen at home, alone', version: 2, was: 'Seen at home' }
    expect(settle(kept({ value: 'Both seen at home' }), said, here)).toEqual({
      to: 'merge',
      value: 'Both seen at home, alone',
    })
  })
  test('two changes in one place, a choice, or no knowledge of what stood there: kept beside', () => {
    const theirs = kept({ value: 'Seen at school' })
    expect(settle(theirs, { value: 'Seen at nursery', version: 2, was: 'Seen at home' }, here)).toEqual({
      to: 'keep-beside',
    })
    expect(settle(theirs, { value: 'Seen at nursery', version: 2 }, here)).toEqual({ to: 'keep-beside' })
    expect(settle(kept({ value: ['a'] }), { value: ['b'], version: 2, was: [] }, here)).toEqual({
      to: 'keep-beside',
    })
  })
})

const words = fc.array(fc.constantFrom('mum', 'said', 'she', 'was', 'well', '\n', 'today'), { maxLength: 12 })

test('bringing two texts together: what only one changed is theirs, and no word that either added is lost', () => {
  fc.assert(
    fc.property(words, words, (was, ours) => {
      expect(mergeText(was.join(' '), was.join(' '), ours.join(' '))).toBe(ours.join(' '))
      expect(mergeText(was.join(' '), ours.join(' '), was.join(' '))).toBe(ours.join(' '))
    }),
  )
  fc.assert(
    fc.property(words, words, (before, after) => {
      const was = [...before, 'middle', ...after].join(' ')
      const merged = mergeText(was, `ALPHA ${was}`, `${was} OMEGA`)
      expect(merged).toBe(`ALPHA ${was} OMEGA`)
    }),
  )
})
