import { Gauge, type Registry } from 'prom-client'
import type { Connection } from './database/connection.ts'
import { queueState } from './database/queue.ts'

/** Adds to /metrics how much background work waits, and how much has been tried too often and given up. */
export function showQueue(metrics: Registry, db: Connection): void {
  new Gauge({
    name: 'cairn_jobs',
    help: 'Background work in the queue, by state: waiting, or failed for good',
    labelNames: ['state'],
    registers: [metrics],
    async collect() {
      // The figures of this process are told even while its database is away.
      const state = await queueState(db).catch(() => undefined)
      if (!state) return this.reset()
      this.set({ state: 'waiting' }, state.waiting)
      this.set({ state: 'failed' }, state.failed)
    },
  })
}
