'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { Field, FormState } from '#components/manage/form.tsx'
import type { Outcome } from '#components/manage/outcome.tsx'
import { content } from '#server/content/content.ts'
import { holdLinks } from '#server/known-links.ts'
import {
  LINK_FIELDS,
  LINK_LIMITS,
  makeLinks,
  readLink,
  readTable,
  renewKit,
  type LinkProblem,
  type MadeLink,
  type TableProblem,
  type TypedLink,
} from '#server/management/links.ts'
import { management } from '#server/management/management.ts'
import { tellReaders } from '#server/management/tell-readers.ts'
import type { CarryOut } from '#server/management/sent-once.ts'
import {
  decodeTable,
  OLD_ENCODINGS,
  oldEncodingIn,
  readAgain,
  type OldEncoding,
} from '#server/management/table-encoding.ts'
import { addressOfLink } from '#server/sharing/site-sheet.ts'
import { pastedOf } from '#server/spreadsheet.ts'
import { hasOwnCount } from '#sharing/share-link.ts'
import { addressHere } from '../../address-here.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today, type Manager } from '../../guard.ts'
import { linksTexts, type LinksTexts } from '../../links-texts.ts'
import { once } from '../../once.ts'

/** A table is at most this long. Unit: characters. */
const LONGEST_TABLE = 200_000
const TABLE_IN_WORDS = { most: LONGEST_TABLE }

/** Makes one link. One for few readers is made only when the form is sent a second time. */
export const makeLink = once('link', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const t = linksTexts(manager.language)
  const typed = typedIn(data, ...LINK_FIELDS, 'few')
  const { link, problems } = readLink(content(), typed as TypedLink, await today(), manager.language)
  if (!link)
    return {
      values: typed,
      errors: {
        form: t('problem.form'),
        ...Object.fromEntries(problems.map((problem) => [problem.field, problemInWords(t, problem)])),
      },
    }
  if (!hasOwnCount(link) && typed.few !== typed.readers)
    return { values: { ...typed, few: typed.readers ?? '' }, errors: { readers: t('form.few') } }
  const made = await carriedOut(manager, [link], carryOut)
  return { done: await shown(t, made, t('made.one')) }
})

/** Makes a link for every line of a table, or none. */
export const importLinks = once('link', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const t = linksTexts(manager.language)
  const given = await givenTable(data)
  if ('problem' in given) return { values: { rows: given.rows }, errors: { form: t(given.problem, TABLE_IN_WORDS) } }
  const { rows, letters, shown: asShown } = given
  // What was in a file stands in the field from now on, so that it can be corrected there.
  const values = { rows, letters: letters ?? '', from: letters ?? '', shown: '' }
  const more = letters ? questionsOfLetters(t) : []
  const read = readTable(content(), rows, await today(), manager.language)
  if (read.problems)
    return {
      values,
      more,
      errors: { form: t('csv.problems') },
      problems: read.problems.map((problem) => tableProblemInWords(t, problem)),
    }
  const names = new Set(read.links.map(({ community }) => community).filter((name) => !/^[ -~]*$/.test(name)))
  if (letters && letters !== asShown && names.size > 0)
    return {
      values: { ...values, shown: letters },
      more,
      errors: { form: t('csv.lookAtNames') },
      problems: [...names],
    }
  const made = await carriedOut(manager, read.links, carryOut)
  return { done: await shown(t, made, t('made.many', { count: made.length })) }
})

/** A table as it was sent: in a file, or in the field. */
type GivenTable =
  | { readonly problem: 'csv.nothing' | 'csv.notText' | 'csv.tooLong'; readonly rows: string }
  | {
      readonly rows: string
      /** In which encoding of Windows its letters are taken to be; absent where the file or the browser says it. */
      readonly letters?: OldEncoding | undefined
      /** The encoding in which its names were shown. */
      readonly shown?: OldEncoding | undefined
    }

async function givenTable(data: FormData): Promise<GivenTable> {
  const typed = typedIn(data, 'rows', 'letters', 'from', 'shown')
  const { rows = '' } = typed
  const file = data.get('file')
  if (file instanceof File && file.size > 0) {
    const decoded = decodeTable(new Uint8Array(await file.arrayBuffer()))
    if (!decoded) return { problem: 'csv.notText', rows }
    if (decoded.text.length > LONGEST_TABLE) return { problem: 'csv.tooLong', rows }
    return { rows: decoded.text, letters: oldEncodingIn(decoded.encoding) }
  }
  if (rows.trim() === '') return { problem: 'csv.nothing', rows }
  if (rows.length > LONGEST_TABLE) return { problem: 'csv.tooLong', rows }
  const [letters, from] = [oldEncodingIn(typed.letters), oldEncodingIn(typed.from)]
  return letters && from
    ? { rows: readAgain(rows, from, letters), letters, shown: oldEncodingIn(typed.shown) }
    : { rows }
}

/** What a form asks beside a table whose letters were guessed. */
function questionsOfLetters(t: LinksTexts): Field[] {
  return [
    {
      name: 'letters',
      label: t('csv.letters'),
      type: 'select',
      options: OLD_ENCODINGS.map((encoding) => ({ value: encoding, text: t(`csv.${encoding}`) })),
    },
    { name: 'from', label: '', type: 'hidden' },
    { name: 'shown', label: '', type: 'hidden' },
  ]
}

/** Gives the kit of a link another secret address. */
export const moveKit = once('link', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const t = linksTexts(manager.language)
  const day = await today()
  const made = await carryOut(
    async (store) => {
      const renewed = await renewKit(store.shareLinks, typedIn(data, 'code').code ?? '')
      if (renewed) await store.record({ day, by: manager, action: 'kit-moved', subject: renewed.link.community })
      return renewed
    },
    (renewed) => renewed !== undefined,
  )
  if (!made) return { errors: { form: t('do.gone') } }
  return { done: await shown(t, [made], t('made.one')) }
})

/** Takes a link back; the next page says how to give it again. */
export const revoke = once('plain', (_before, data, carryOut) => setRevoked(data, true, carryOut))

/** Gives a link again that was taken back. */
export const giveBack = once('plain', (_before, data, carryOut) => setRevoked(data, false, carryOut))

async function setRevoked(data: FormData, revoked: boolean, carryOut: CarryOut): Promise<FormState> {
  const manager = await asManager(data)
  const day = await today()
  const action = revoked ? 'link-revoked' : 'link-given-back'
  const link = await carryOut(
    async (store) => {
      const before = await store.shareLinks.find(typedIn(data, 'code').code ?? '')
      // A colleague who was first has done it already.
      if (!before || before.revoked === revoked) return before
      await store.record({ day, by: manager, action, subject: before.community })
      return store.shareLinks.setRevoked(before.code, revoked)
    },
    (found) => found !== undefined,
  )
  if (!link) return { errors: { form: linksTexts(manager.language)('do.gone') } }
  const { store } = await management()
  holdLinks(await store.shareLinks.all())
  await tellReaders()
  redirect(`/beheer/links?${revoked ? 'ingetrokken' : 'terug'}=${link.code}`)
}

/** Makes links, writes down who did, and lets this process know at once. */
async function carriedOut(
  manager: Manager,
  read: Parameters<typeof makeLinks>[1],
  carryOut: CarryOut,
): Promise<MadeLink[]> {
  const day = await today()
  const made = await carryOut(async (store) => {
    const links = await makeLinks(store.shareLinks, read, manager.name, day)
    for (const { link } of links)
      await store.record({ day, by: manager, action: 'links-made', subject: link.community })
    return links
  })
  const { store } = await management()
  holdLinks(await store.shareLinks.all())
  await tellReaders()
  // So that the list on the same page has them.
  revalidatePath('/beheer/links')
  return made
}

/** What was made, with the addresses that are shown this once. */
async function shown(t: LinksTexts, made: readonly MadeLink[], lead: string): Promise<Outcome> {
  const rows = await Promise.all(
    made.map(async ({ link, kitPath }) => ({
      link,
      address: `https://${addressOfLink(content(), link).printed}`,
      kit: await addressHere(kitPath),
    })),
  )
  const uncounted = made.filter(({ link }) => !hasOwnCount(link)).length
  const [only] = rows
  const words = { copy: t('made.copy'), copied: t('made.copied') }
  return {
    kind: 'made',
    lines: [lead, ...(uncounted > 0 ? [t('made.uncounted', { count: uncounted })] : [])],
    copies:
      rows.length === 1 && only
        ? [
            { label: t('made.link'), text: only.address, ...words },
            { label: t('made.kit'), text: only.kit, ...words },
          ]
        : [
            {
              label: t('made.list'),
              text: pastedOf(rows.map(({ link, address, kit }) => [link.community, address, kit])),
              ...words,
            },
          ],
  }
}

function problemInWords(t: LinksTexts, { rule }: LinkProblem): string {
  return rule === 'long-community' ? t('problem.long-community', { most: LINK_LIMITS.community }) : t(`problem.${rule}`)
}

function tableProblemInWords(t: LinksTexts, problem: TableProblem): string {
  if ('field' in problem)
    return t('csv.line', {
      line: problem.line,
      field: t(`field.${problem.field}`),
      problem: problemInWords(t, problem),
    })
  if (problem.rule === 'no-column') return t('csv.no-column', { column: t(`field.${problem.column}`) })
  if (problem.rule === 'unreadable') return t('csv.unreadable', { line: problem.line })
  return problem.rule === 'too-many' ? t('csv.too-many', { most: LINK_LIMITS.lines }) : t(`csv.${problem.rule}`)
}
