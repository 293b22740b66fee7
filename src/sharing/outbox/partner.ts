import type { TaskTools } from '../../database/task.ts'

/** Words for a code of `outbox.message.says`. */
export interface Saying {
  /** What is the matter, for whoever looks after the exchange. */
  readonly text: string
  /** What to do about it, and who does. */
  readonly mend: string
}

/** Somebody outside who is told things: the one interface between the outbox and each exchange. */
export interface Partner {
  /** As `outbox.message.partner` has it. */
  readonly name: string
  /** As people call it. */
  readonly called: string
  /** Whether this process can reach it at all: settings, keys. */
  isSetUp(): boolean
  sayingOf(code: string): Saying
  /**
   * One turn: sends what is due, takes in what came. It is called by one process at a time, may be cut off anywhere and
   * is then called again; it leaves nothing half said and drops nothing.
   */
  exchange(tools: TaskTools): Promise<void>
}
