/** A reading page of each sort, by the name that its site has on a developer's machine (content/sites.yaml). */
export interface ReadingPage {
  readonly name: string
  readonly hostname: string
  readonly path: string
}

export const READING_PAGES: readonly ReadingPage[] = [
  { name: 'help front', hostname: 'localhost', path: '/' },
  { name: 'help page', hostname: 'localhost', path: '/reis' },
  { name: 'diary entry', hostname: 'dagboek.localhost', path: '/1' },
]
