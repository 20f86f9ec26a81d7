/** Words in the language that they are written in, in the direction of their letters; as they are where that is the language of the page. */
export function InLanguage({ lang, children }: { lang: string | undefined; children: string }) {
  if (lang === undefined) return children
  // A question mark at the end would else stand before the question in a page from right to left.
  return (
    <span lang={lang} dir="auto">
      {children}
    </span>
  )
}
