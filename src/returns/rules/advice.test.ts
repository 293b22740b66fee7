import { expect, test } from 'vitest'
import type { ReturnName } from './registered.ts'
import type { Rule } from './rule.ts'

/** What a rule advises has to be right for each of the cases that it tells. */

async function messageOf(name: ReturnName, code: string) {
  const { default: rule } = (await import(`./${name}/${code}.ts`)) as { default: Rule }
  return rule.versions[rule.versions.length - 1]!.message
}

test.each([
  ['cin-census', '4013'],
  ['cin-census', '8620'],
  ['cin-census', '8696'],
  ['cin-census', '8715'],
  ['cin-census', '8930'],
  ['ssda903', '385'],
  ['ssda903', '571'],
  ['ssda903', '704'],
  ['ssda903', 'SW07STG2'],
] as const)('%s %s: what ends after the year is sent without its end, not left out', async (name, code) => {
  expect(await messageOf(name, code)).toMatch(/ open\b| blank\b/)
})

test.each(['SW01aSTG1', 'SW01bSTG1', 'SW08STG2', 'SW14STG2'])(
  '%s: a date that is there and is no full date is not said to be missing',
  async (code) => {
    expect(await messageOf('ssda903', code)).toMatch(/full date/)
  },
)

test('577: a time missing that ended before care began is not said to go on', async () => {
  expect(await messageOf('ssda903', '577')).not.toMatch(/still/)
})
