import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { readEnvironment } from '#server/environment.ts'
import { linkOf } from '#server/known-links.ts'
import { AMBIGUOUS_ADDRESS, UNKNOWN_HOST, type Refusal } from '#server/limits.ts'
import { FOREIGN_FORM, isForeignForm } from '#server/management/foreign-form.ts'
import { ownOrigin } from '#server/management/own-origin.ts'
import { pagePolicy, styleHashes } from '#server/management/page-policy.ts'
import { MOMENT_HEADER, momentOf } from '#server/moment.ts'
import { contentNow } from '#server/planned-runs.ts'
import { PREVIEW } from '#server/preview.ts'
import { readRequestPath } from '#server/request-path.ts'
import { routeFor, routeOfRefused } from '#server/route.ts'

const { FIXED_MOMENT, NODE_ENV } = readEnvironment()
const mayChooseMoment = FIXED_MOMENT === 'on'
const styles = styleHashes('.next')

export const config = { matcher: '/((?!_next/static/).*)' }

/** Tells the two sites apart by their host name and picks the variant of a page for the moment. */
export function proxy(request: NextRequest): NextResponse {
  const host = request.headers.get('host') ?? ''
  const written = request.nextUrl.pathname
  const { path } = readRequestPath(written)
  const moment = momentOf(request.headers.get(MOMENT_HEADER), mayChooseMoment)
  const route =
    path === undefined
      ? routeOfRefused(contentNow(), host, written)
      : routeFor(contentNow(), { host, path, moment }, linkOf)
  if (!route) return refusal(AMBIGUOUS_ADDRESS)
  switch (route.kind) {
    case 'show':
    case 'file':
      return NextResponse.rewrite(new URL(route.path, request.url))
    case 'management':
      if (request.method !== 'GET' && request.method !== 'HEAD' && isForeignForm(senderOf(request))) return refuseForm()
      // A preview has the policy of the page that it shows (app/beheer/voorbeeld); with a second one both would hold.
      return request.nextUrl.pathname.startsWith(`${PREVIEW}/`) ? NextResponse.next() : managementPage(request)
    case 'other-site':
      return NextResponse.redirect(route.location, 307)
    case 'moved':
      return NextResponse.redirect(new URL(route.location, request.url), 308)
    case 'exit':
      return NextResponse.redirect(route.location, 302)
    case 'unknown-host':
      return refusal(UNKNOWN_HOST)
  }
}

function refusal({ status, sentence }: Refusal): NextResponse {
  return new NextResponse(`${sentence}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

function senderOf({ headers }: NextRequest) {
  return { host: headers.get('host'), origin: headers.get('origin'), site: headers.get('sec-fetch-site') }
}

/** The answer to a form of another site: nothing of it reaches the framework. */
function refuseForm(): NextResponse {
  return new NextResponse(`${FOREIGN_FORM}\n`, {
    status: 403,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
}

/** A page of the management: the framework reads the nonce for its scripts from the policy of the request. */
function managementPage(request: NextRequest): NextResponse {
  // While a developer works the framework runs code that no policy of this kind allows.
  if (NODE_ENV === 'development') return NextResponse.next()
  const policy = pagePolicy(randomBytes(16).toString('base64'), styles)
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  // The framework compares the origin once more, and takes the one of a form that was sent without a script for a foreign one.
  if (headers.get('origin') === 'null') headers.set('Origin', ownOrigin(headers.get('host') ?? ''))
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}
