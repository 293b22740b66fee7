import { Gauge, type Registry } from 'prom-client'
import type { Connection } from '../../database/connection.ts'
import { counts } from './store.ts'

/** Adds to /metrics how many messages to partners there are by state, and how long the oldest that is not done has been. */
export function showOutbox(metrics: Registry, db: Connection): void {
  const oldest = new Gauge({
    name: 'cairn_outbox_oldest_seconds',
    help: 'Age of the oldest message to a partner that waits, is unanswered, or needs a person',
    labelNames: ['partner', 'state'],
    registers: [metrics],
  })
  new Gauge({
    name: 'cairn_outbox_messages',
    help: 'Messages to partners, by state',
    labelNames: ['partner', 'state'],
    registers: [metrics],
    async collect() {
      const found = await counts(db).catch(() => [])
      this.reset()
      oldest.reset()
      for (const { partner, state, count, oldest: since } of found) {
        this.set({ partner, state }, count)
        if (state !== 'acknowledged' && state !== 'nothing-to-say')
          oldest.set({ partner, state }, (Date.now() - since.getTime()) / 1000)
      }
    },
  })
}
