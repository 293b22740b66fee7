import { createTransport, type Transporter } from 'nodemailer'
import type { Task, TaskTools } from '../database/task.ts'
import { mailWords } from './digest.ts'
import { type MailSettings, mailSettings } from './mail-settings.ts'
import { mailAnswered, mailToSend, makeDigests, type Waiting } from './mail-store.ts'

const mostAtOnce = 50
/** Milliseconds that a server has to answer in. */
const patience = 20_000

const connect = ({ server }: MailSettings): Transporter =>
  createTransport({
    ...fromAddress(server),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

/** The address of a server as nodemailer takes it apart from what else it is told. */
function fromAddress(server: string) {
  const { protocol, hostname, port, username, password } = new URL(server)
  const secure = protocol === 'smtps:'
  return {
    host: hostname,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    // A password goes over TLS or not at all.
    requireTLS: !secure && username !== '',
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
  }
}

/** Hands one message over and notes what the server said: for good (5xx) or try again. */
async function send(
  tools: TaskTools,
  transport: Transporter,
  settings: MailSettings,
  mail: Waiting,
  service: string,
) {
  const { subject, text } = mailWords(mail, service, settings.address)
  try {
    const { response } = await transport.sendMail({
      from: { name: service, address: settings.from },
      to: { name: mail.name, address: mail.address },
      subject,
      text,
      // The same message when it is sent again: a server that took it before can tell.
      messageId: `<${mail.id}@${settings.from.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    await mailAnswered(tools.db, mail.id, 'sent', response)
    return true
  } catch (error) {
    const { responseCode, response, message } = error as {
      responseCode?: number
      response?: string
      message?: string
    }
    const forGood = responseCode !== undefined && responseCode >= 500 && responseCode !== 535
    await mailAnswered(tools.db, mail.id, forGood ? 'refused' : 'later', response ?? message)
    return false
  }
}

/** Sends what waits, where there is a mail server; without one nothing is lost. */
export const sendMail: Task = {
  name: 'send-mail',
  cron: '*/5 * * * *',
  async run(_id, tools) {
    const settings = mailSettings()
    if (!settings) return
    const transport = connect(settings)
    try {
      let sent = 0
      const waiting = await mailToSend(tools.db, mostAtOnce)
      for (const mail of waiting)
        if (await send(tools, transport, settings, mail, process.env.CAIRN_SERVICE || 'Cairn')) sent += 1
      if (waiting.length > 0)
        tools.log.info({ sent, refused: waiting.length - sent }, 'e-mail was handed to the mail server')
    } finally {
      transport.close()
    }
  },
}

/** Each hour: digests of those who chose it. */
export const sendDigests: Task = {
  name: 'make-digests',
  cron: '2 * * * *',
  async run(_id, { db, log }) {
    const made = await makeDigests(db, new Date())
    if (made > 0) log.info({ made }, 'digests wait to be sent')
  },
}

export const tasks: readonly Task[] = [sendDigests, sendMail]
