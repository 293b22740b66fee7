#!/usr/bin/env node
// `npm run bench`: every bench/*.bench.ts, or those named, one after the other so that none disturbs another.
// biome-ignore-all lint/style/useNodejsImportProtocol: readable to an old Node, as prepare.js is
import { spawnSync } from 'child_process'
import { existsSync, readdirSync } from 'fs'
import { join } from 'path'
import { prepare, root } from './prepare.js'

const ending = '.bench.ts'

async function main() {
  await prepare({ install: true, development: true })
  const folder = join(root, 'bench')
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
  const wanted = process.argv.slice(2)
  const unknown = wanted.find((name) => !existsSync(join(folder, `${name}${ending}`)))
  if (unknown) {
    process.stderr.write(`There is no bench called ${unknown}. There are: ${all.join(', ') || 'none yet'}.\n`)
    return 2
  }
  let failed = 0
  for (const name of wanted.length > 0 ? wanted : all) {
    process.stdout.write(`\n${name}\n`)
    const { status } = spawnSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', join(folder, `${name}${ending}`)],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    )
    if (status !== 0) failed += 1
  }
  return failed === 0 ? 0 : 1
}

main()
  .then((status) => {
    process.exitCode = status
  })
  .catch((error) => {
    process.stderr.write(`${error.oneLine ? error.message : error.stack}\n`)
    process.exitCode = 2
  })
