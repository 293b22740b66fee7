import { test } from 'vitest'
import { fuzz } from '../testing/fuzz.ts'

test('a thousand faulty returns are checked or refused, and none is too much for a rule', async () => {
  await fuzz(1_000, 20_251)
})
