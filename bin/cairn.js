#!/usr/bin/env node
// The command line. TypeScript is run as it stands: tsx strips the types while loading.
import { register } from 'tsx/esm/api'

register()
const { run } = await import('../src/cli.ts')
process.exitCode = await run(process.argv.slice(2))
