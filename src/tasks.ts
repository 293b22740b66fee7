import { tasks as access } from './access/tasks.ts'
import { trailTasks } from './audit/tasks.ts'
import { tasks as casework } from './casework/tasks.ts'
import type { Task } from './database/task.ts'
import { tasks as forms } from './forms/tasks.ts'
import { tasks as frontDoor } from './front-door/tasks.ts'
import { tasks as importing } from './importing/tasks.ts'
import { tasks as notices } from './notices/tasks.ts'
import { keepCards } from './people/keep-cards.ts'
import { watchWarnings } from './people/warning-tasks.ts'
import { tasks as checking } from './returns/checking/tasks.ts'
import { tasks as returns } from './returns/tasks.ts'
import { tasks as cpIs } from './sharing/cp-is/tasks.ts'
import { tasks as outbox } from './sharing/outbox/tasks.ts'

/** Every kind of background work, area by area; an area adds its own here. */
export const tasks: readonly Task[] = [
  ...access,
  keepCards,
  ...casework,
  watchWarnings,
  ...notices,
  ...forms,
  ...frontDoor,
  ...importing,
  ...trailTasks,
  ...returns,
  ...checking,
  ...outbox,
  ...cpIs,
]
