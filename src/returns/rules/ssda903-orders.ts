import type { Collection } from './collection.ts'
import type { Child } from './ssda903-child.ts'
import type { Episode } from './ssda903-rows.ts'
import { blank, type Day, isDate, type Text } from './words.ts'

/** A run of a child's episodes under one legal status, and how many days it lasted. */
export interface OrderRun {
  episodes: Episode[]
  days: number
}

const none: readonly OrderRun[] = []

/**
 * Runs under an order that may be renewed the day it ends: police protection, emergency protection orders. An episode
 * continues the run when it begins on the very day on which the one before it, under the same order, ended. Without a
 * readable DEC it lasts until the end of the collection year. `days` goes from the first DECOM to the latest DEC.
 */
export function renewedOrders({ Episodes }: Child, LS: Text, { lastDay }: Collection): readonly OrderRun[] {
  let runs = none
  let run: OrderRun | undefined
  let endBefore: Day = Number.NaN
  for (const episode of Episodes) {
    if (episode.LS !== LS || !isDate(episode.DECOM)) continue
    const end = isDate(episode.DEC) ? episode.DEC : lastDay
    if (run === undefined || episode.DECOM !== endBefore) {
      run = { episodes: [episode], days: end - episode.DECOM }
      runs = [...runs, run]
    } else {
      run.episodes.push(episode)
      run.days = Math.max(run.days, end - run.episodes[0]!.DECOM)
    }
    endBefore = end
  }
  return runs
}

/**
 * Runs under an order of which the days are added up: child assessment orders, detention under PACE. An episode begins
 * a new run when it begins later than the one before it, under the same order, ended. A blank DEC is the end of the
 * collection year; an unreadable one adds no days, and does not break the run.
 */
export function ordersAddedUp({ Episodes }: Child, LS: Text, { lastDay }: Collection): readonly OrderRun[] {
  let runs = none
  let run: OrderRun | undefined
  let endBefore: Day = Number.NaN
  for (const episode of Episodes) {
    if (episode.LS !== LS || !isDate(episode.DECOM)) continue
    const end = blank(episode.DEC) ? lastDay : episode.DEC
    const days = isDate(end) ? end - episode.DECOM : 0
    if (run === undefined || episode.DECOM > endBefore) {
      run = { episodes: [episode], days }
      runs = [...runs, run]
    } else {
      run.episodes.push(episode)
      run.days += days
    }
    endBefore = end
  }
  return runs
}
