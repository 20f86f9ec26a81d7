import type { Phase } from '#campaign/run.ts'
import type { Field } from '#components/manage/form.tsx'
import { content } from '#server/content/content.ts'
import type { ContentRun } from '#server/content/read.ts'
import type { TypedRun } from '#server/management/planning.ts'
import type { RunsTexts } from '../../runs-texts.ts'
import { sitesInWords } from './runs-page.ts'

const SIZES = ['none', 'small', 'standard', 'large'] as const

/** The questions about a run. Of one that goes on the answers that are fixed are sent along, and not asked. */
export function runFields(t: RunsTexts, language: 'nl' | 'en', values: Partial<TypedRun>, phase: Phase): Field[] {
  const entries = content().languages.nl.entries.length
  const fixed = phase !== 'before'
  const sites = [
    { value: 'both', text: sitesInWords(['help', 'diary'], language) },
    { value: 'help', text: sitesInWords(['help'], language) },
    { value: 'diary', text: sitesInWords(['diary'], language) },
  ]
  const fields: Field[] = [
    { name: 'name', label: t('form.name'), hint: t('form.nameHint'), autoComplete: 'off' },
    { name: 'firstDay', label: t('form.firstDay'), type: 'date', hint: t('form.firstDayHint') },
    { name: 'lastDay', label: t('form.lastDay'), type: 'date', hint: t('form.lastDayHint', { entries }) },
    { name: 'sites', label: t('form.sites'), type: 'select', options: sites },
    { name: 'announcedFrom', label: t('form.announcedFrom'), type: 'date', hint: t('form.announcedHint') },
    { name: 'rememberedUntil', label: t('form.rememberedUntil'), type: 'date', hint: t('form.rememberedHint') },
    {
      name: 'visitors',
      label: t('form.visitors'),
      type: 'select',
      hint: t('form.visitorsHint'),
      options: SIZES.map((visitors) => ({ value: visitors, text: t('form.visitorsOf', { visitors }) })),
    },
  ]
  return fields.map((field) => {
    const value = values[field.name as keyof TypedRun] ?? ''
    return fixed && field.name !== 'lastDay' && field.name !== 'rememberedUntil'
      ? { ...field, type: 'hidden', value }
      : { ...field, value }
  })
}

/** A run as the form asks for it. */
export function asTyped(run: ContentRun): TypedRun {
  const [site] = run.sites
  return {
    name: run.name,
    firstDay: run.firstDay,
    lastDay: run.lastDay,
    sites: run.sites.length === 1 && site ? site : 'both',
    announcedFrom: run.announcedFrom ?? '',
    rememberedUntil: run.rememberedUntil ?? '',
    visitors: run.visitors,
  }
}
