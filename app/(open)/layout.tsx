import type { Metadata, Viewport } from 'next'
import ManagementLayout, {
  metadata as metadataOfManagement,
  viewport as viewportOfManagement,
} from '#app/beheer/layout.tsx'

// What managers open to others, kits and shared letters, looks like the management, and has addresses of its own.
export const dynamic = 'force-dynamic'
export const metadata: Metadata = metadataOfManagement
export const viewport: Viewport = viewportOfManagement

export default ManagementLayout
