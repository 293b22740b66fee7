import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { UnusableInput } from '../reading/unusable.ts'
import { RuleDefect } from '../rules/check-child.ts'

/** Something that does pieces of work, one at a time: on this thread, or on one of its own. */
export interface Hand<W> {
  call<M extends keyof W & string>(method: M, argument: Argument<W, M>): Promise<Result<W, M>>
  close(): Promise<void>
}

type Argument<W, M extends keyof W> = W[M] extends (argument: infer A) => unknown ? A : never
type Result<W, M extends keyof W> = W[M] extends (argument: never) => infer R ? Awaited<R> : never

/** How many threads are worth their while for so many bytes. */
export const handsFor = (bytes: number): number =>
  bytes < 4 << 20 ? 1 : Math.min(availableParallelism(), 16)

/** A hand on this very thread. */
export function ownHand<W extends object>(work: W): Hand<W> {
  return {
    call: async (method, argument) => (work[method] as (argument: unknown) => never)(argument),
    close: async () => {},
  }
}

/**
 * A hand on a thread of its own.
 * @param script the module that answers by `answer`
 * @param kind which of its workers it is to be
 */
export function distantHand<W>(script: URL, kind: string, init: unknown): Hand<W> {
  const worker = new Worker(script, {
    workerData: { cairnHand: kind, init },
    // As it stands in TypeScript the module has to be loaded by tsx; bundled it needs nothing.
    execArgv: script.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [],
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  let waiting: { done: (value: never) => void; failed: (error: unknown) => void } | undefined
  worker.on('message', ({ result, failure }: { result: never; failure?: Failure }) => {
    const { done, failed } = waiting!
    waiting = undefined
    if (failure === undefined) done(result)
    else failed(revived(failure))
  })
  worker.on('error', (error) => waiting?.failed(error))
  return {
    call: (method, argument) =>
      new Promise((done, failed) => {
        waiting = { done, failed }
        worker.postMessage({ method, argument })
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}

/** In a thread started for a hand of this kind: makes the work and does what is asked. Elsewhere: nothing. */
export function answer(kinds: Record<string, (init: never) => Promise<object> | object>): void {
  const kind = (workerData as { cairnHand?: string } | null)?.cairnHand
  if (isMainThread || kind === undefined) return
  const work = Promise.resolve(kinds[kind]!((workerData as { init: never }).init))
  parentPort!.on('message', async ({ method, argument }: { method: string; argument: unknown }) => {
    try {
      const made = (await work) as Record<string, (argument: unknown) => unknown>
      parentPort!.postMessage({ result: await made[method]!(argument) })
    } catch (error) {
      parentPort!.postMessage({ failure: toBeSent(error) })
    }
  })
}

interface Failure {
  kind: 'unusable' | 'rule' | 'other'
  message: string
  stack: string | undefined
  rule: string
  child: string | null
}

function toBeSent(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const kind = error instanceof UnusableInput ? 'unusable' : error instanceof RuleDefect ? 'rule' : 'other'
  const { rule, child } = error instanceof RuleDefect ? error : { rule: '', child: null }
  return { kind, message, stack, rule, child }
}

function revived({ kind, message, stack, rule, child }: Failure): Error {
  if (kind === 'unusable') return new UnusableInput(message)
  const error = kind === 'rule' ? new RuleDefect(rule, child, null) : new Error()
  error.message = message
  error.stack = stack ?? message
  return error
}

/**
 * Gives pieces of work to hands, each the next one as soon as it is free.
 * @returns the results in the order of the pieces
 */
export async function shareOut<W, P, R>(
  hands: readonly Hand<W>[],
  pieces: readonly P[],
  work: (hand: Hand<W>, piece: P) => Promise<R>,
  done: (piece: P) => void = () => {},
): Promise<R[]> {
  const results = new Array<R>(pieces.length)
  let next = 0
  const busy = hands.map(async (hand) => {
    while (next < pieces.length) {
      const mine = next++
      results[mine] = await work(hand, pieces[mine]!)
      done(pieces[mine]!)
    }
  })
  await Promise.all(busy)
  return results
}
