// What must be true before any of our TypeScript can be loaded. Plain JavaScript, readable to Node 12 and later; the
// built-in modules go by their old names for the same reason.
// biome-ignore-all lint/style/useNodejsImportProtocol: see above
import { spawnSync } from 'child_process'
import { existsSync, readFileSync } from 'fs'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const fail = (line) => {
  const error = new Error(line)
  error.oneLine = true
  throw error
}

/**
 * Checks Node's version and that the dependencies are as the lock file has them; installs them where that is allowed.
 * Rejects with an error whose `oneLine` is true and whose message is for a person.
 * @param options `install`: may install; `development`: what only the tests need counts too
 */
export async function prepare(options) {
  checkNode()
  const missing = missingDependency(options.development)
  if (missing === undefined) return
  if (process.env.NODE_ENV === 'production') {
    fail(
      `${missing} is not installed as package-lock.json has it. Run npm ci first: in production Cairn installs nothing.`,
    )
  }
  if (!options.install) fail(`${missing} is not installed as package-lock.json has it. Run npm ci first.`)
  install(options.development)
}

/**
 * @param version of Node, as it calls itself
 * @throws an error whose `oneLine` is true when it is too old
 */
export function checkNode(version = process.versions.node) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '')
  const has = version.split('.').map(Number)
  const needs = wanted.split('.').map(Number)
  if (has[0] < needs[0] || (has[0] === needs[0] && has[1] < needs[1])) {
    fail(`Cairn needs Node ${wanted} or later, and this is ${version}. Install Node 24 from nodejs.org.`)
  }
}

/** The first package that is missing or of another version than locked; 'node_modules' when there is none at all. */
function missingDependency(development) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return 'node_modules'
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const has = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.keys(locked).find((path) => {
    const { optional, dev, link, version } = locked[path]
    if (path === '' || optional || link) return false
    if (!has[path]) return development || !dev
    return has[path].version !== version
  })
}

/** Into an empty clone, what only the tests need comes when they are first run. */
function install(development) {
  process.stderr.write('Installing what is missing …\n')
  // npm tells its scripts where it is; without it, the one in the path.
  const npm = process.env.npm_execpath
  const command = existsSync(join(root, 'node_modules'))
    ? ['install', '--no-save']
    : development
      ? ['ci']
      : ['ci', '--omit=dev']
  const args = command.concat('--prefer-offline', '--loglevel=error')
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (result.error || result.status !== 0) {
    fail(`npm ${command[0]} did not go through. Its words above say why; when it does, run npm start again.`)
  }
}
