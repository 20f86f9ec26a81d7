/** One of our drawings, inside the page itself: no request of its own, and no file left in the browser's cache. */
export function Picture({ svg, className = '' }: { svg: string | undefined; className?: string }) {
  if (!svg) return null
  return <div aria-hidden="true" className={`picture ${className}`} dangerouslySetInnerHTML={{ __html: svg }} />
}
