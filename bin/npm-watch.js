// Plain JavaScript, as prepare.js is.
// biome-ignore-all lint/style/useNodejsImportProtocol: readable to an old Node
import { spawnSync } from 'child_process'
import { readFileSync } from 'fs'

/**
 * Notices that the npm which runs this program has ended. npm passes a request to end on to the shell between, and
 * the shell ends without telling anyone; killed hard, npm tells nobody. Does nothing when npm did not start us.
 * @param gone called once
 */
export function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const [npm, command] = parentAndCommand(parent)
  const shellBetween = / -c( |$)/.test(command)
  const timer = setInterval(() => {
    if (process.ppid === parent && (!shellBetween || parentAndCommand(parent)[0] === npm)) return
    clearInterval(timer)
    gone()
  }, 250)
  timer.unref()
}

/** The parent of a process, and the process's command line. */
function parentAndCommand(pid) {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
    const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout || '') || [undefined, '0', '']
    return [Number(parent), command]
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ')
    // The name before the closing bracket may hold anything; after it come the state and the parent.
    return [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command]
  } catch (_) {
    return [0, '']
  }
}
