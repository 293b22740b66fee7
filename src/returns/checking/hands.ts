import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { UnusableInput } from '../reading/unusable.ts'
import { RuleDefect } from '../rules/check-child.ts'

/** Something that does pieces of work: on this thread, or on one of its own. */
export interface Hand<W> {
  /** How many pieces it is to be given at a time, so that it need not wait for the next. */
  readonly ahead: number
  call<M extends keyof W & string>(method: M, argument: Argument<W, M>): Promise<Result<W, M>>
  close(): Promise<void>
}

type Argument<W, M extends keyof W> = W[M] extends (argument: infer A) => unknown ? A : never
type Result<W, M extends keyof W> = W[M] extends (argument: never) => infer R ? Awaited<R> : never

/** Threads that may take part in a check. */
export interface Threads {
  /** The module that answers by `answer`; null: everything is done on this thread. */
  script: URL | null
  /** This thread has others to answer, and does nothing itself. */
  aside?: boolean | undefined
  /** How many; left out: as many as are worth their while. */
  hands?: number | undefined
}

/** Bytes of a return below which a second thread has hardly warmed up when the first is through. */
const worthASecond = 16 << 20

/** How many threads are worth their while for so many bytes. */
const handsFor = (bytes: number): number => (bytes < worthASecond ? 1 : Math.min(availableParallelism(), 16))

/**
 * Takes on hands for a piece of work: this thread, and others where that is worth their while.
 * @param most there is not more to share out
 * @param begin makes the work of one hand on this thread …
 * @param initOf … of what another makes it on its own
 */
export async function takeOn<W extends object, I>(
  { script, aside = false, hands: wanted }: Threads,
  kind: string,
  { bytes, most = Number.POSITIVE_INFINITY }: { bytes: number; most?: number },
  begin: (init: I) => Promise<W>,
  initOf: (lane: number, lanes: number) => I,
): Promise<Hand<W>[]> {
  const lanes = script === null ? 1 : Math.min(wanted ?? handsFor(bytes), most)
  const hands: Hand<W>[] = []
  for (let lane = 0; lane < lanes; lane++) {
    const init = initOf(lane, lanes)
    if (script === null || (lane === 0 && !aside)) hands.push(ownHand(await begin(init)))
    else hands.push(distantHand(script, kind, init))
  }
  return hands
}

/** A hand on this very thread. */
function ownHand<W extends object>(work: W): Hand<W> {
  return {
    ahead: 1,
    async call(method, argument) {
      // Others have a word between two pieces.
      await setImmediate()
      return (work[method] as (argument: unknown) => never)(argument)
    },
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
  // What was asked and is not answered, in order: so it is answered.
  const waiting: { done: (value: never) => void; failed: (error: unknown) => void }[] = []
  worker.on('message', ({ result, failure }: { result: never; failure?: Failure }) => {
    const { done, failed } = waiting.shift()!
    if (failure === undefined) done(result)
    else failed(revived(failure))
  })
  worker.on('error', (error) => {
    for (const { failed } of waiting.splice(0)) failed(error)
  })
  return {
    ahead: 2,
    call: (method, argument) =>
      new Promise((done, failed) => {
        waiting.push({ done, failed })
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
  const act = async ({ method, argument }: { method: string; argument: unknown }) => {
    try {
      const made = (await work) as Record<string, (argument: unknown) => unknown>
      parentPort!.postMessage({ result: await made[method]!(argument) })
    } catch (error) {
      parentPort!.postMessage({ failure: toBeSent(error) })
    }
  }
  // One after the other, so that answers come in the order of what was asked.
  let last = Promise.resolve()
  parentPort!.on('message', (asked) => {
    last = last.then(() => act(asked))
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
 * Gives pieces of work to hands, each the next one as soon as it is free. When one fails, no more are given, and it is
 * told when all hands have come to rest.
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
  const take = async (hand: Hand<W>) => {
    while (next < pieces.length) {
      const mine = next++
      try {
        results[mine] = await work(hand, pieces[mine]!)
      } catch (error) {
        next = pieces.length
        throw error
      }
      done(pieces[mine]!)
    }
  }
  const takers = hands.flatMap((hand) => Array.from({ length: hand.ahead }, () => take(hand)))
  const ends = await Promise.allSettled(takers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return results
}
