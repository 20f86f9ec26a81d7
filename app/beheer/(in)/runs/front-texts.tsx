import { PHASES, type Phase, type SiteId } from '#campaign/run.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import type { RunsTexts } from '../../runs-texts.ts'

interface Props {
  readonly t: RunsTexts
  readonly language: 'nl' | 'en'
  /** The run whose texts are shown, or `planned` for the texts that fit any run. */
  readonly texts: string
  readonly sites: readonly SiteId[]
  readonly phases?: readonly Phase[]
}

/** What visitors read on the front pages before, during and after a run, in the language of who looks. */
export function FrontTexts({ t, language, texts, sites, phases = PHASES }: Props) {
  const { fronts, siteNames } = content().languages[language]
  return (
    <details className="mt-3">
      <summary>{t('frontTexts.title')}</summary>
      <p className="mb-3">{t('frontTexts.lead')}</p>
      <ScrollTable
        label={t('frontTexts.title')}
        head={[t('frontTexts.when'), ...sites.map((site) => siteNames[site].name)]}
        rows={phases.map((phase) => ({
          key: phase,
          cells: [
            t(`frontTexts.${phase}`),
            ...sites.map((site) => {
              const { title, text } = frontText(fronts, { run: texts, phase }, site)
              return (
                <>
                  <strong>{title}</strong> {text}
                </>
              )
            }),
          ],
        }))}
      />
    </details>
  )
}
