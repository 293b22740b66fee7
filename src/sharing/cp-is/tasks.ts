import type { Task } from '../../database/task.ts'
import { compareEverybody } from './exchange.ts'
import { cpIsSettings } from './settings.ts'

/** Every night, and when somebody asks: what the NHS should hold of everybody, against what it has acknowledged. */
const comparing: Task = {
  name: 'cp-is-compare',
  cron: '40 2 * * *',
  async run(_, { db, log, signal }) {
    const settings = cpIsSettings()
    if (settings) await compareEverybody({ db, log, signal, settings })
  },
}

export const tasks: readonly Task[] = [comparing]
