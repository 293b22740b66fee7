import { definePaths } from '../web/paths.ts'

const need = '/children/:person/need'
const plan = `${need}/plans/:plan`

export const paths = definePaths({
  need,
  planNew: `${need}/plans/new`,
  plan,
  planWrite: `${plan}/write`,
  planEnd: `${plan}/end`,
})
