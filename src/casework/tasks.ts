import type { Task } from '../database/task.ts'
import { countAll, countWaiting } from './count-dues.ts'

/** Background work with what is due. */
export const tasks: readonly Task[] = [countWaiting, countAll]
