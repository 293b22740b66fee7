// Where the browser tests find Chromium. Plain JavaScript, as prepare.js is.
// biome-ignore-all lint/style/useNodejsImportProtocol: readable to an old Node
import { spawnSync } from 'child_process'
import { existsSync } from 'fs'
import { delimiter, join } from 'path'

// The shell has no window to draw around every page: it takes a quarter of the time.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

/**
 * The path of a Chromium; on Debian as root it is installed when there is none.
 * @throws an error whose `oneLine` is true, saying how to get one
 */
export function findBrowser() {
  const named = process.env.CAIRN_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw oneLine(`CAIRN_CHROMIUM names ${named}, and there is no such file.`)
  }
  const found = onPath() || (mayInstall() && installed() && onPath())
  if (found) return found
  throw oneLine(
    'The browser tests need Chromium, and there is none. Install it (Debian: apt-get install chromium), or set CAIRN_CHROMIUM to its path, or run npm test -- --without-browser.',
  )
}

function onPath() {
  const folders = (process.env.PATH || '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

const mayInstall = () =>
  process.getuid !== undefined && process.getuid() === 0 && existsSync('/etc/debian_version')

function installed() {
  process.stderr.write('Installing Chromium for the browser tests …\n')
  const options = {
    stdio: ['ignore', 2, 2],
    env: Object.assign({}, process.env, { DEBIAN_FRONTEND: 'noninteractive' }),
  }
  const went = (...args) => spawnSync('apt-get', ['-q', ...args], options).status === 0
  return (
    went('update') && (went('install', '-y', 'chromium-headless-shell') || went('install', '-y', 'chromium'))
  )
}

function oneLine(line) {
  return Object.assign(new Error(line), { oneLine: true })
}
