import { followDirectory } from './access/following.ts'
import type { Task } from './database/task.ts'
import { tasks as importing } from './importing/tasks.ts'
import { keepCards } from './people/keep-cards.ts'

/** Every kind of background work, area by area; an area adds its own here. */
export const tasks: readonly Task[] = [followDirectory, keepCards, ...importing]
