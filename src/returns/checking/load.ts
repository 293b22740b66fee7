import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The checking of returns, and the module whose threads take part in it. */
export interface Engine {
  engine: typeof import('./engine.ts')
  script: URL
}

const returns = dirname(import.meta.dirname)
const cache = join(dirname(dirname(returns)), 'node_modules', '.cache', 'cairn')

/**
 * Loads the checking of returns. Some five hundred small files, loaded one by one on every thread, would take longer
 * than most checks: they are bundled into one, which is kept until a file changes. Where that cannot be done they are
 * loaded as they stand.
 */
export async function loadEngine(): Promise<Engine> {
  const script = (await bundled()) ?? new URL('./engine.ts', import.meta.url)
  return { engine: (await import(script.href)) as Engine['engine'], script }
}

async function bundled(): Promise<URL | null> {
  const name = `checking-${stampOf(sourceFiles())}.mjs`
  const path = join(cache, name)
  if (existsSync(path)) return pathToFileURL(path)
  try {
    const text = await bundle()
    mkdirSync(cache, { recursive: true })
    for (const old of readdirSync(cache)) if (old.startsWith('checking-')) rmSync(join(cache, old))
    // In one step, so that nobody loads half a file.
    writeFileSync(`${path}.${process.pid}`, text)
    renameSync(`${path}.${process.pid}`, path)
    return pathToFileURL(path)
  } catch (error) {
    // A folder that may not be written to, or a bundler that is not there.
    if (process.env.CAIRN_DEBUG) process.stderr.write(`The rules are not bundled: ${error}\n`)
    return null
  }
}

const sourceFiles = (): string[] =>
  ['reading', 'rules', 'checking', '../codes', '../clocks']
    .flatMap((area) =>
      readdirSync(join(returns, area), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(returns, area, file),
      ),
    )
    .filter((file) => /\.(ts|json)$/.test(file) && !/\.(test|soak)\.ts$/.test(file))
    .sort()

function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 20)
}

async function bundle(): Promise<string> {
  const { build } = await import('esbuild')
  const built = await build({
    entryPoints: [fileURLToPath(new URL('./engine.ts', import.meta.url))],
    ...{
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
    },
    // A field that a class only declares is not to be made twice: once blank, once filled. Rows are made by the million.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [
      {
        name: 'registered-rules',
        setup: ({ onLoad }) =>
          onLoad({ filter: /rules[\\/]registered\.ts$/ }, ({ path }) => ({
            contents: registeredIn(dirname(path)),
            ...{ loader: 'ts', resolveDir: dirname(path) },
          })),
      },
      {
        // Code sets are read from where they lie, and that is not where the bundle lies.
        name: 'where-files-lie',
        setup: ({ onLoad }) =>
          onLoad({ filter: /codes[\\/]codes\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
            ...{ loader: 'ts', resolveDir: dirname(path) },
          })),
      },
    ],
  })
  return built.outputFiles[0]!.text
}

/** What `registered.ts` reads from folders, written out. */
function registeredIn(rules: string): string {
  const names = ['cin-census', 'ssda903']
  const files = names.map((name) =>
    readdirSync(join(rules, name)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
  )
  const called = (n: number, i: number) => `rule_${n}_${i}`
  return [
    ...names.flatMap((name, n) =>
      files[n]!.map((file, i) => `import ${called(n, i)} from './${name}/${file}'`),
    ),
    `const rules = { ${names.map((name, n) => `'${name}': [${files[n]!.map((_, i) => called(n, i)).join()}]`).join()} }`,
    'export const registeredRules = async (name: keyof typeof rules) => rules[name]',
  ].join('\n')
}
