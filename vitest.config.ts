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

export default defineConfig({
  test: {
    projects: process.env.CAIRN_SOAK
      ? [soak]
      : [
          {
            test: {
              name: 'unit',
              include: ['src/**/*.test.ts'],
              exclude: ['src/**/*.db.test.ts', 'src/returns/rules/**'],
            },
          },
          // Nearly five hundred small files of pure functions: a world of its own for each would take minutes.
          { test: { name: 'rules', include: ['src/returns/rules/**/*.test.ts'], isolate: false } },
          {
            test: {
              name: 'database',
              include: ['src/**/*.db.test.ts'],
              globalSetup: ['src/testing/database-cluster.ts'],
              testTimeout: 30_000,
              hookTimeout: 60_000,
              maxWorkers: 2,
              sequence: { groupOrder: 1 },
            },
          },
          {
            test: {
              name: 'browser',
              include: ['e2e/**/*.test.ts'],
              globalSetup: ['src/testing/database-cluster.ts'],
              testTimeout: 60_000,
              hookTimeout: 120_000,
              maxWorkers: 2,
              sequence: { groupOrder: 2 },
            },
          },
        ],
  },
})
