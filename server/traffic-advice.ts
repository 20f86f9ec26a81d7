/** The internal path of the advice (route.ts). */
export const TRAFFIC_ADVICE = '/files/traffic-advice'

/** Its type, by the proposal "Traffic Advice" (buettner.github.io/private-prefetch-proxy/traffic-advice.html). */
export const TRAFFIC_ADVICE_TYPE = 'application/trafficadvice+json'

/** Asks the proxies that fetch pages ahead for search engines to leave this site alone: whoever reads a page asks for it herself. */
export const TRAFFIC_ADVICE_TEXT = '[{"user_agent":"prefetch-proxy","disallow":true}]\n'
