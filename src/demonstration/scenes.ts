import type { Day } from '../web/words.ts'
import { askedAndAnswered } from './asked-and-answered.ts'
import { askedAndWrong } from './asked-and-wrong-scene.ts'
import { formsScene } from './forms-scene.ts'
import { frontDoorToday } from './front-door-scene.ts'
import { lettersScene } from './letters-scene.ts'
import type { Standing } from './life.ts'
import { nhsScene } from './nhs-scene.ts'
import { noticeScene } from './notice-scene.ts'
import { protectionScene } from './protection-scene.ts'
import type { Stage } from './set-pieces.ts'
import { teamDayScene } from './team-day-scene.ts'
import { visits } from './visits.ts'

/** A worker's children of one family, as scenes of daily work go by them. */
export interface Caseload {
  /** The family's place in the authority; below nought for those of set pieces. */
  readonly number: number
  /** Of the worker. */
  readonly account: string
  /** Since when they work with them. */
  readonly from: Day
  /** Who is at home with the children, by first name. */
  readonly mother: string
  /** Those who are born, the eldest first. */
  readonly children: readonly {
    readonly person: string
    /** The first name. */
    readonly name: string
    readonly born: Day
    readonly standing: Standing
    /** Spoken at home, where it is not English. */
    readonly language: string | undefined
    /** Census codes; none. */
    readonly disabilities: readonly string[]
    /** Somebody knows who the father is. */
    readonly fatherKnown: boolean
  }[]
}

/** Everything scenes are played on: a filled record, its set pieces, and the cast that can act in it. */
export interface Whole extends Omit<Stage, 'person'> {
  readonly seed: number
  /** The first some hundreds of families of the authority, those of set pieces before all others. */
  readonly caseloads: readonly Caseload[]
  /** The person whom a set piece is about. */
  subject(piece: string): string
}

/**
 * What a feature adds to the demonstration: what its workers would do with it, through its own model and stores. Scenes
 * are played in this order, once each, after the set pieces; what fails ends the filling, as a demonstration that shows
 * less than it says helps nobody.
 *
 * Waiting for their features: scans, the missing boy's return interview.
 */
export interface Scene {
  readonly name: string
  play(whole: Whole): Promise<void>
}

export const scenes: readonly Scene[] = [
  visits,
  askedAndAnswered,
  noticeScene,
  protectionScene,
  lettersScene,
  nhsScene,
  frontDoorToday,
  teamDayScene,
  formsScene,
  askedAndWrong,
]
