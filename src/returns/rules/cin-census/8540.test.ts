import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8540.ts'

const child = (Disabilities: string[], PersonBirthDate = '2012-05-14', ...referrals: string[]) =>
  census({
    ChildIdentifiers: { PersonBirthDate },
    Disabilities,
    CINdetails: (referrals.length > 0 ? referrals : ['0']).map((ReferralNFA) => ({ ReferralNFA })),
  })
const rest = 'ChildIdentifiers 1 PersonBirthDate, CINdetails 1 ReferralNFA'

test('none is given', () => {
  expect(findings(rule, child([]))).toEqual([rest])
})

test.each(['', 'none', 'DEAF'])('"%s" is no code', (code) => {
  expect(findings(rule, child(['HEAR', code]))).toEqual([`Disabilities 2 Disability, ${rest}`])
})

test('codes of the set, and NONE', () => {
  expect(findings(rule, child(['HEAR', 'DDA']))).toEqual([])
  expect(findings(rule, child(['NONE']))).toEqual([])
})

test('a child not yet born is not tested', () => {
  expect(findings(rule, child([], ''))).toEqual([])
})

test('at least one referral went further; only those are marked', () => {
  expect(findings(rule, child([], '2012-05-14', '1', ''))).toEqual([])
  expect(findings(rule, child([], '2012-05-14', '1', 'FALSE'))).toEqual([
    'ChildIdentifiers 1 PersonBirthDate, CINdetails 2 ReferralNFA',
  ])
})
