import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((name) => /\.[jt]s$/.test(name) && !/\.(test|soak)\.ts$/.test(name))
    .map((name) => read(join(folder, name)))
    .join('\n')
}

/** What is set for Cairn, as `CAIRN_…` and `DATABASE_…`. */
const variablesIn = (text: string) => [...new Set(text.match(/\b(CAIRN|DATABASE)_[A-Z_]*[A-Z]\b/g))].sort()

describe('documents', () => {
  test('docs/operations.md has every environment variable that is read, and no other', () => {
    // Only this repository's own configuration of tests sets these.
    const ours = ['CAIRN_SOAK', 'CAIRN_DEBUG']
    const known = variablesIn(`${sources('src')}\n${sources('bin')}`).filter((name) => !ours.includes(name))
    expect(variablesIn(read('docs/operations.md'))).toEqual(known)
  })

  test('docs/decisions/README.md names every decision', () => {
    const names = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md')
    expect(names.filter((name) => !read('docs/decisions/README.md').includes(`(${name})`))).toEqual([])
  })

  test.each(documents)('%s links to what is there', (document) => {
    const text = read(document).replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
    const missing = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^(https?:|#)/.test(link))
      .filter((link) => !existsSync(join(root, dirname(document), link.split('#')[0]!)))
    expect(missing).toEqual([])
  })
})
