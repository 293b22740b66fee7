import { generateSecret, generateURI, verify } from 'otplib'
import QRCode from 'qrcode'

/** A new secret for an authenticator app, as the app wants it typed: base 32. */
export const newCodeSecret = (): string => generateSecret()

/** In groups of four, to be typed by hand. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)!.join(' ')

/**
 * Checks six figures of a thirty-second step (RFC 6238), this one or a neighbour.
 * @param lastStep the last step used: a code counts once
 * @returns the step to note as used, or undefined when the code is wrong
 */
export async function checkCode(
  secret: string,
  code: string,
  lastStep: number,
  now: Date,
): Promise<number | undefined> {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const result = await verify({
    secret,
    token,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: 30,
    ...(lastStep > 0 ? { afterTimeStep: lastStep } : {}),
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** The picture an authenticator app reads, as an address that stands in the page itself. */
export function codePicture(secret: string, service: string, email: string): Promise<string> {
  return QRCode.toDataURL(generateURI({ issuer: service, label: email, secret }), {
    errorCorrectionLevel: 'M',
    margin: 2,
    width: 220,
  })
}
