/** What the tests of accessibility.spec.ts tell the record of what they looked at (accessibility-record.ts). */
export const LOOKED = 'accessibility'

/** Widths of the screens, in CSS pixels (WCAG 1.4.10 and telephones). */
export const WIDTHS = [320, 360, 1280] as const

/** The ways of looking, by their names in content/accessibility.json. */
export const LOOKS = ['rules', 'layout', 'contrast', 'exit', 'keyboard', 'ownColours', 'textOnly'] as const
export type Look = (typeof LOOKS)[number]
