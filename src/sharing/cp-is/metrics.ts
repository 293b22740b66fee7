import { sql } from 'kysely'
import { Gauge, type Registry } from 'prom-client'
import type { Connection } from '../../database/connection.ts'

interface State {
  stopped: boolean
  polled: number | null
  answered: number | null
  certificate: number | null
}

/** Adds to /metrics whether the exchange with CP-IS stands still, and since when it heard nothing. */
export function showCpIs(metrics: Registry, db: Connection): void {
  new Gauge({
    name: 'cairn_cp_is',
    help: 'CP-IS: stopped (1: a person has to look), seconds since the mailbox was looked into and since an answer came, days that the client certificate still holds',
    labelNames: ['what'],
    registers: [metrics],
    async collect() {
      this.reset()
      const found = await sql<State>`
        select stopped_at is not null as stopped, extract(epoch from now() - polled_at)::float8 as polled,
               extract(epoch from now() - answered_at)::float8 as answered, certificate_until - current_date as certificate
          from cpis.exchange where on_since is not null`
        .execute(db)
        .catch(() => undefined)
      const state = found?.rows[0]
      if (!state) return
      this.set({ what: 'stopped' }, state.stopped ? 1 : 0)
      if (state.polled !== null) this.set({ what: 'seconds-since-look' }, state.polled)
      if (state.answered !== null) this.set({ what: 'seconds-since-answer' }, state.answered)
      if (state.certificate !== null) this.set({ what: 'certificate-days' }, state.certificate)
    },
  })
}
