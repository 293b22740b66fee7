import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = import.meta.dirname

const journey = [
  'front-door',
  'assessment',
  'child-in-need',
  'child-protection',
  'looked-after',
  'adoption',
  'leaving-care',
]
const shared = ['people', 'casework', 'events', 'codes', 'forms', 'clocks']
const below = ['access', 'audit', 'database', 'web', 'codes', 'clocks']
const onlookers = ['returns', 'importing', 'sharing', 'rights', 'governance', 'insight']
/** Anyone may be known by the program's entrances; nobody may know them. */
const entrances = ['commands', 'main.ts', 'cli.ts', 'testing']

/** Which areas each area may import, besides itself. Areas not named here may import anything but the entrances. */
const mayKnow: Record<string, string[]> = {
  ...Object.fromEntries(journey.map((area) => [area, [...shared, ...below]])),
  // What is shared by the journey stands below it and above access, database and web.
  ...Object.fromEntries(
    ['people', 'casework', 'events', 'forms'].map((area) => [area, [...shared, ...below]]),
  ),
  // What a team needs each day looks at the work, which does not know it.
  team: [...shared, ...below],
  // What somebody is told looks at both.
  notices: ['team', ...shared, ...below],
  clocks: ['codes', 'events'],
  codes: [],
  database: ['codes', 'clocks', 'events', 'forms'],
  audit: ['database', 'access', 'web', 'codes', 'clocks'],
  access: ['database', 'audit', 'web', 'codes', 'clocks'],
  web: ['database', 'access', 'audit', 'codes', 'clocks'],
}

/** The one list of areas' pages is how the server comes to know them. */
const allowed = [['web/areas.ts', '*']]

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path]) =>
    relative(root, join(dirname(file), path!)),
  )
}

const areaOf = (path: string) => path.split(sep)[0]!

describe('who may know whom (docs/architecture.md)', () => {
  const arrows = files(root).flatMap((file) => {
    const from = relative(root, file)
    return importsOf(file).map((to) => ({ from, to }))
  })

  test('there are arrows to look at', () => {
    expect(arrows.length).toBeGreaterThan(0)
  })

  test('every arrow points the way the drawing says', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [here, there] = [areaOf(from), areaOf(to)]
      if (here === there || entrances.includes(here) || from.endsWith('.soak.ts')) return false
      if (allowed.some(([file, area]) => file === from && (area === '*' || area === there))) return false
      if (entrances.includes(there)) return !(there === 'cli.ts')
      const known = mayKnow[here]
      return known !== undefined && !known.includes(there)
    })
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  test('the journey never looks at those who look at it', () => {
    const wrong = arrows.filter(
      ({ from, to }) => [...journey, ...shared].includes(areaOf(from)) && onlookers.includes(areaOf(to)),
    )
    expect(wrong).toEqual([])
  })

  test('no SQL, HTTP or clock of its own in a model', () => {
    const wrong = files(root)
      .filter((file) => file.endsWith(`${sep}model.ts`))
      .filter((file) =>
        /from '(kysely|pg|fastify)'|new Date\(\)|Date\.now\(\)/.test(readFileSync(file, 'utf8')),
      )
    expect(wrong.map((file) => relative(root, file))).toEqual([])
  })
})
