import { startIdentityProvider } from './identity-provider.ts'

/**
 * The stand-in of a directory as a program, to try directory sign-in on a machine of one's own:
 *
 *     node --import tsx src/testing/run-identity-provider.ts http://localhost:3000
 *
 * It prints the settings with which Cairn finds it. Nothing in it is secret.
 */
const [service = 'http://localhost:3000', port = '4000'] = process.argv.slice(2)
const provider = await startIdentityProvider(
  [new URL('/sign-in/directory/back', service).href],
  {
    priya: {
      name: 'Priya Shah',
      email: 'priya.shah@directory.example',
      jobTitle: 'Social worker',
      groups: ['cairn social workers'],
    },
    marek: {
      name: 'Marek Nowak',
      email: 'marek.nowak@directory.example',
      jobTitle: 'Team manager',
      groups: ['cairn team managers'],
    },
    tess: { name: 'Tess Wood', email: 'tess.wood@directory.example', groups: ['highways'] },
  },
  Number(port),
)
process.stdout.write(`CAIRN_PUBLIC_URL=${service}
CAIRN_DIRECTORY_ISSUER=${provider.issuer}
CAIRN_DIRECTORY_CLIENT_ID=${provider.client.id}
CAIRN_DIRECTORY_CLIENT_SECRET='${provider.client.secret}'
`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void provider.stop())
