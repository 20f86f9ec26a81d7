import { notFound } from 'next/navigation'

/** Every address of the management that no other page has. */
export default function MissingPage() {
  notFound()
}
