import type { Task } from './database/task.ts'
import { keepCards } from './people/keep-cards.ts'

/** Every kind of background work, area by area; an area adds its own here. */
export const tasks: readonly Task[] = [keepCards]
