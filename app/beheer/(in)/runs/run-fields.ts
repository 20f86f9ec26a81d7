import { z } from 'zod'
import { readDay } from '#campaign/day.ts'
import type { Phase, SiteId } from '#campaign/run.ts'
import { formatDay } from '#components/format.ts'
import type { Field, FormState } from '#components/manage/form.tsx'
import { content } from '#server/content/content.ts'
import type { ContentRun } from '#server/content/read.ts'
import { FIELDS, typedOf, type TypedRun } from '#server/management/planning.ts'
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
      ? { ...field, type: 'hidden', fixed: true, value }
      : { ...field, value }
  })
}

/** A run as it is shown, sent along, so that a change that somebody else makes meanwhile is noticed. */
export function seenField(run: ContentRun): Field {
  return { name: 'seen', label: '', type: 'hidden', version: true, value: JSON.stringify(typedOf(run)) }
}

const seen = z.object(Object.fromEntries(FIELDS.map((field) => [field, z.string()])))

/** The run as it was shown, from the form; a form without it counts as one that saw nothing. */
export function seenIn(text: string | undefined): TypedRun {
  const nothing = Object.fromEntries(FIELDS.map((field) => [field, '']))
  try {
    return (seen.safeParse(JSON.parse(text ?? '')).data ?? nothing) as TypedRun
  } catch {
    return nothing as TypedRun
  }
}

/** Versions of a run beside each other, as far as they differ. */
export function versionsOf(
  t: RunsTexts,
  language: 'nl' | 'en',
  versions: readonly (readonly [head: string, run: TypedRun])[],
): NonNullable<FormState['table']> {
  const inWords = (field: keyof TypedRun, value: string): string => {
    if (value === '') return '–'
    if (field === 'sites') return sitesInWords(value === 'both' ? ['help', 'diary'] : [value as SiteId], language)
    if (field === 'visitors')
      return SIZES.some((size) => size === value)
        ? t('form.visitorsOf', { visitors: value as (typeof SIZES)[number] })
        : value
    const day = readDay(value)
    return day ? formatDay(day, language) : value
  }
  return {
    label: t('conflict.versions'),
    head: ['', ...versions.map(([head]) => head)],
    rows: FIELDS.filter((field) => new Set(versions.map(([, run]) => run[field])).size > 1).map((field) => [
      t(`form.${field}`),
      ...versions.map(([, run]) => inWords(field, run[field])),
    ]),
  }
}
