/** What serves once the database is there: pages, background work, and what they stand on. */
export { accountServicesFor } from './access/services.ts'
export { showCalendar } from './calendar-metrics.ts'
export { vaultFor } from './casework/documents/services.ts'
export { startJobs } from './jobs.ts'
export { showQueue } from './queue-metrics.ts'
export { servicesFor, webConfigFor } from './services.ts'
export { showOutbox } from './sharing/outbox/metrics.ts'
export { buildServer } from './web/server.ts'
