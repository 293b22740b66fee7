import { readdirSync } from 'node:fs'
import type { Rule } from './rule.ts'

export type ReturnName = 'cin-census' | 'ssda903'

/** All rules of a return: one for each file in its folder. */
export async function registeredRules(name: ReturnName): Promise<Rule[]> {
  const folder = new URL(`./${name}/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return Promise.all(
    files.map(async (file) => {
      const { default: rule } = (await import(/* @vite-ignore */ new URL(file, folder).href)) as {
        default: Rule
      }
      if (`${rule.code}.ts` !== file) throw new Error(`${name}/${file} holds rule ${rule.code}`)
      return rule
    }),
  )
}
