// The second script of a page that @vercel/analytics counts, only where the site was built with VISITOR_COUNTS=vercel
// (docs/privacy.md). The adapter puts it into the page, with the kind of the page on its element.

import { inject } from '@vercel/analytics'

const kind = document.currentScript?.dataset.kind

// Global Privacy Control (W3C): whoever asks not to be followed is not even asked to load the script.
if (kind && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) {
  // The package has no setting for it: the script that it loads sends the referrer on its own.
  Object.defineProperty(document, 'referrer', { value: '' })
  // In its other mode the package loads a script from another site.
  inject({ mode: 'production', beforeSend: (event) => ({ ...event, url: `${location.origin}/${kind}` }) })
}
