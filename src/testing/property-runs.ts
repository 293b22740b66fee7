import fc from 'fast-check'

const times = Number(process.env.CAIRN_RUNS ?? 1)

/** How often a property is tried: so often, or `CAIRN_RUNS` times as often to look for what seldom happens. */
export const runs = (usual: number): number => Math.ceil(usual * times)

// For properties that do not say how often: with CAIRN_RUNS, vitest.config.ts has every unit test begin here.
fc.configureGlobal({ numRuns: runs(100) })
