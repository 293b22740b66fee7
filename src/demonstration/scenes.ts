import type { SetPiece, Stage } from './set-pieces.ts'

/**
 * What a later feature adds to the demonstration: what its workers would do with it, through its own model and stores,
 * on the invented people of a set piece (`of`) or of a worker. Scenes are played in this order, after the set pieces and
 * once; what fails ends the filling, as a demonstration that shows less than it says helps nobody.
 *
 * Waiting for their features: case notes of visits in many voices, letters, scans, supervision, the missing boy's
 * return interview, signatures that wait for a manager.
 */
export interface Scene {
  readonly name: string
  /** The set piece that it plays in. */
  readonly of: SetPiece['name']
  play(stage: Stage): Promise<void>
}

export const scenes: readonly Scene[] = []
