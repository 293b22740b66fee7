#!/usr/bin/env node
// `npm test`: style, types, and every test: unit, database, browser. `npm test -- src/web/form.test.ts` runs what is
// named and leaves style and types out. `--without-browser` leaves the browser tests out; `--soak` runs the long tests
// and nothing else.
// biome-ignore-all lint/style/useNodejsImportProtocol: readable to an old Node, as prepare.js is
import { spawnSync } from 'child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { findBrowser } from './browser.js'
import { prepare, root } from './prepare.js'

const say = (line) => process.stdout.write(`${line}\n`)

function runHere(program, args, env = {}) {
  const path = join(root, 'node_modules', program)
  const result = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  return result.status === 0
}

/** The style and the types of everything. */
function check() {
  const checks = [
    ['style', () => runHere('@biomejs/biome/bin/biome', ['check', '.'])],
    ['types', () => runHere('typescript/bin/tsc', ['--noEmit'])],
  ]
  return checks.filter(([, passes]) => !passes()).map(([name]) => name)
}

/** Runs Vitest and reads what it counted. */
function runTests(projects, files, env) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-report-'))
  const report = join(folder, 'report.json')
  try {
    const went = runHere(
      'vitest/vitest.mjs',
      [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...projects.map((name) => `--project=${name}`),
        ...files,
      ],
      env,
    )
    const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : noReport
    return went || counted.failed > 0 ? counted : { ...counted, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const noReport = { passed: 0, failed: 1, skipped: [] }

function count({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults)
  const withStatus = (status) => tests.filter((test) => test.status === status)
  // A file that cannot be loaded has no test that could have failed.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: withStatus('passed').length,
    failed: withStatus('failed').length + broken.length,
    skipped: tests.filter((test) => test.status !== 'passed' && test.status !== 'failed'),
  }
}

function tellSkipped(skipped) {
  const forSamples = skipped.filter((test) => test.fullName.includes('the sample returns'))
  const other = skipped.filter((test) => !forSamples.includes(test))
  if (forSamples.length > 0) {
    say(
      `Skipped: ${forSamples.length} tests that read the sample returns, which are not on this machine (CAIRN_SAMPLES names their folder).`,
    )
  }
  if (other.length > 0) {
    say(`Skipped: ${other.length} other tests:`)
    for (const test of other) say(`  ${test.fullName}`)
  }
}

const isBrowserTest = (filter) =>
  readdirSync(join(root, 'e2e'), { recursive: true }).some((name) =>
    join('e2e', String(name)).includes(filter),
  )

async function main() {
  const args = process.argv.slice(2)
  const files = args.filter((arg) => !arg.startsWith('--'))
  const options = args.filter((arg) => arg.startsWith('--'))
  const unknown = options.find((option) => option !== '--soak' && option !== '--without-browser')
  if (unknown) throw Object.assign(new Error(`There is no option ${unknown}.`), { oneLine: true })
  await prepare({ install: true, development: true })
  if (options.includes('--soak')) {
    return tell([], runTests(['soak'], files, { CAIRN_SOAK: '1' }))
  }
  const withBrowser =
    !options.includes('--without-browser') && (files.length === 0 || files.some(isBrowserTest))
  const env = withBrowser ? { CAIRN_CHROMIUM: findBrowser() } : {}
  const failedChecks = files.length === 0 ? check() : []
  const counted = runTests(['unit', 'rules', 'database', ...(withBrowser ? ['browser'] : [])], files, env)
  if (options.includes('--without-browser')) say('Skipped: the browser tests, as --without-browser asks.')
  return tell(failedChecks, counted)
}

function tell(failedChecks, { passed, failed, skipped }) {
  tellSkipped(skipped)
  for (const name of failedChecks)
    say(`Not right: ${name}. What is wrong stands above; npm run check looks again.`)
  const failures = failed + failedChecks.length
  say(`${passed} passed, ${failures} failed`)
  return failures === 0 && passed > 0 ? 0 : 1
}

main()
  .then((status) => {
    process.exitCode = status
  })
  .catch((error) => {
    process.stderr.write(`${error.oneLine ? error.message : error.stack}\n`)
    process.exitCode = 2
  })
