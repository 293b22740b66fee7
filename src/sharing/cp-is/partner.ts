import type { Partner } from '../outbox/partner.ts'
import { xmlCodec } from './codec.ts'
import { exchange } from './exchange.ts'
import { MeshClient } from './mesh-client.ts'
import { cpIsSettings } from './settings.ts'
import { partnerName } from './taking-answers.ts'
import { sayingOf } from './words.ts'

/** CP-IS as a partner of the outbox: XML over MESH. */
export const cpIs: Partner = {
  name: partnerName,
  called: 'The NHS (CP-IS)',
  isSetUp: () => cpIsSettings() !== undefined,
  sayingOf,
  async exchange({ db, log, signal }) {
    const settings = cpIsSettings()
    if (!settings) return
    const transport = new MeshClient(settings)
    try {
      await exchange({ db, log, signal, settings, transport, codec: xmlCodec })
    } finally {
      transport.close()
    }
  },
}
