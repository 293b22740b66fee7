import { Logger } from 'graphile-worker'

export interface Sink {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * The queue's log lines for our log: that something went wrong, with which task, of which kind. Never the words of the
 * error or the job's payload.
 */
export function queueLogger(sink: Sink): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (level !== 'error' && level !== 'warning') return
    const { error, job } = (meta ?? {}) as {
      error?: { name?: string; code?: string }
      job?: { task_identifier?: string; attempts?: number }
    }
    const fields = {
      task: job?.task_identifier,
      attempt: job?.attempts,
      kind: error?.name,
      code: error?.code,
    }
    if (level === 'error') sink.error(fields, 'background work failed')
    else sink.warn(fields, 'background work complains')
  })
}

export const quietLogger = queueLogger({ warn: () => undefined, error: () => undefined })
