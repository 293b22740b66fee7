import { defineConfig } from 'vitest/config'

/** The long tests: only `npm run soak` asks for them. */
const soak = {
  test: {
    name: 'soak',
    include: ['{src,e2e}/**/*.soak.ts'],
    globalSetup: ['src/testing/database-cluster.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
}

/**
 * A machine at half speed, with other work beside this, must not fail a test that is right: what hangs is ended late,
 * which costs nothing while nothing hangs.
 */
const patience = { testTimeout: 120_000, hookTimeout: 240_000 }

/**
 * The files of a project run in as many processes as there are workers, one after another, and each process reads the
 * program once: read anew for each file, it took longer than the tests. So a test leaves nothing behind in a module.
 */
const together = { isolate: false }

const server = { globalSetup: ['src/testing/database-cluster.ts'], maxWorkers: 2 }

export default defineConfig({
  test: {
    projects: process.env.CAIRN_SOAK
      ? [soak]
      : [
          {
            test: {
              ...together,
              ...patience,
              name: 'unit',
              include: ['src/**/*.test.ts'],
              setupFiles: process.env.CAIRN_RUNS ? ['src/testing/property-runs.ts'] : [],
              exclude: ['src/**/*.db.test.ts', 'src/returns/rules/**'],
            },
          },
          { test: { ...together, name: 'rules', include: ['src/returns/rules/**/*.test.ts'] } },
          {
            test: {
              ...together,
              ...patience,
              ...server,
              name: 'database',
              include: ['src/**/*.db.test.ts'],
              sequence: { groupOrder: 1 },
            },
          },
          {
            test: {
              ...together,
              ...patience,
              ...server,
              name: 'browser',
              include: ['e2e/**/*.test.ts'],
              sequence: { groupOrder: 2 },
            },
          },
        ],
  },
})
