/** What the pages need to know about the authority and how they are served. */
export interface WebConfig {
  /** What the service is called on its pages; Cairn unless the authority says otherwise. */
  readonly serviceName: string
  readonly authority: { readonly name: string /** like '#1d4f91' */; readonly accent: string }
  /** Invented people only: a banner says so, and `/components` is shown. */
  readonly demonstration: boolean
  /** At least 32 random characters, the same for every process of this authority: signs form tokens. */
  readonly secret: string
  /** True when browsers reach the service by https. */
  readonly secureCookies: boolean
  /** Addresses of the proxies in front that may be believed about the caller's; false for none. */
  readonly trustProxy: boolean | string | string[]
  /** `/metrics` answers to this bearer token, and to the loopback address when there is none. */
  readonly metricsToken?: string | undefined
  /** Requests a minute for one session, or one address when signed out. */
  readonly requestsPerMinute?: number
  /** Where forms may lead besides the service itself: the identity provider's origin. */
  readonly formTargets?: readonly string[]
  readonly version: string
}
