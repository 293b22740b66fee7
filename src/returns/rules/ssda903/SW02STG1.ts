import { rule } from '../ssda903.ts'

/** A number of Social Work England begins with SW; XX stands for a worker who is not registered. */
export default rule({
  code: 'SW02STG1',
  from: '2023-24',
  flags: 'SWEpisodes.SW_ID',
  message:
    'The social worker’s number must begin with SW, or with XX for a worker who is not registered. Enter or correct it.',
  eachSWEpisode: ({ SW_ID = '' }) => !SW_ID.startsWith('SW') && !SW_ID.startsWith('XX'),
})
