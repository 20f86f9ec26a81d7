/**
 * Whether a form in parts (`multipart/form-data`, RFC 7578) is one. The framework answers one that is not with 500, as if it were at fault,
 * and writes an error to the log for each. Forms of other types are never taken apart by it.
 * @param contentType the header of the request
 * @param body all of it
 */
export async function isReadableForm(contentType: string | undefined, body: Buffer): Promise<boolean> {
  if (!/^\s*multipart\/form-data/i.test(contentType ?? '')) return true
  try {
    await new Response(Uint8Array.from(body), { headers: { 'Content-Type': contentType ?? '' } }).formData()
    return true
  } catch {
    return false
  }
}
