import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks for pages at a fixed rate whatever the answers take, as people do who do not know of each other: a program of
 * its own, so that asking does not take from answering. Times count from the moment a page was due to be asked for.
 * It is told `{ address, cookies, paths, rate, seconds }` by message, and answers with `{ times, errors }`.
 */
export interface Load {
  address: string
  /** Who asks: each page is asked for with the next of them and the next of the paths. */
  cookies: string[]
  paths: string[]
  /** Pages a second. */
  rate: number
  seconds: number
}
export interface Loaded {
  /** Milliseconds, one for each page. */
  times: number[]
  /** Answers that were not 200. */
  errors: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })

function ask(url: string, cookie: string): Promise<boolean> {
  return new Promise((done) => {
    get(url, { agent, headers: { accept: 'text/html', cookie } }, (answer) => {
      answer.resume()
      answer.once('end', () => done(answer.statusCode === 200))
    }).once('error', () => done(false))
  })
}

async function load({ address, cookies, paths, rate, seconds }: Load): Promise<Loaded> {
  const times: number[] = []
  let errors = 0
  const under: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < rate * seconds; n += 1) {
    const due = began + (n * 1000) / rate
    const early = due - performance.now()
    if (early > 1) await wait(early)
    const asked = ask(address + paths[n % paths.length]!, cookies[n % cookies.length]!).then((well) => {
      times.push(performance.now() - due)
      if (!well) errors += 1
    })
    under.push(asked)
  }
  await Promise.all(under)
  return { times, errors }
}

process.on('message', (asked: Load) => {
  void load(asked).then((loaded) => process.send?.(loaded))
})
