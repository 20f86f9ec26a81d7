import type { Kysely } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import type { ShareKind } from '#sharing/share-link.ts'
import type { ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { inTurn } from './turn.ts'

/** What a link leads to, in any language: the front of a site, one of its pages, or an entry of the diary. */
export interface ShareTarget {
  readonly site: SiteId
  /** `front`, the id of a page, or `entry-` and its day: the name under which its opens are counted too. */
  readonly label: string
}

/** A link that a manager made for a changemaker or a community. */
export interface ShareLink {
  readonly code: string
  readonly kind: ShareKind
  readonly target: ShareTarget
  readonly language: string
  /** For whom or where it is, as managers call it. No reader sees it. */
  readonly community: string
  /** How many readers are expected. Unit: people. */
  readonly readers: number
  readonly madeBy: string
  readonly madeOn: CalendarDay
  /** The last day on which it is counted, and leads on without a word. */
  readonly lastDay: CalendarDay
  /** Taken back: it is as if it had ended. */
  readonly revoked: boolean
}

/** A link, with the hash of the secret in the address of its kit. */
export type NewShareLink = Omit<ShareLink, 'revoked'> & { readonly kit: string }

/** The links that managers made. None is ever deleted: a poster hangs for years, and its code may lead nowhere else. */
export class ShareLinks {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /** Every link, the last made first. */
  async all(): Promise<ShareLink[]> {
    const rows = await this.#database
      .selectFrom('share_link')
      .selectAll()
      .orderBy('made_on', 'desc')
      .orderBy('community')
      .orderBy('code')
      .execute()
    return rows.map(linkOf)
  }

  async find(code: string): Promise<ShareLink | undefined> {
    const row = await this.#database.selectFrom('share_link').selectAll().where('code', '=', code).executeTakeFirst()
    return row && linkOf(row)
  }

  /** The link whose kit has a secret address with this hash; none when it was taken back. */
  async ofKit(hash: string): Promise<ShareLink | undefined> {
    const row = await this.#database
      .selectFrom('share_link')
      .selectAll()
      .where('kit', '=', hash)
      .where('state', '=', 'active')
      .executeTakeFirst()
    return row && linkOf(row)
  }

  /**
   * Keeps new links, all of them or none.
   * @param link makes one, with a code that is not among those that are taken
   */
  add(count: number, link: (index: number, isTaken: (code: string) => boolean) => NewShareLink): Promise<ShareLink[]> {
    return inTurn(this.#database, this.#dialect, async (turn) => {
      const taken = new Set((await turn.selectFrom('share_link').select('code').execute()).map(({ code }) => code))
      const made: ShareLink[] = []
      for (let index = 0; index < count; index += 1) {
        const { kit, ...added } = link(index, (code) => taken.has(code))
        taken.add(added.code)
        const { code, kind, target, language, community, readers, madeBy, madeOn, lastDay } = added
        await turn
          .insertInto('share_link')
          .values({
            code,
            kind,
            site: target.site,
            label: target.label,
            language,
            community,
            readers,
            made_by: madeBy,
            made_on: madeOn,
            last_day: lastDay,
            kit,
            state: 'active',
          })
          .execute()
        made.push({ ...added, revoked: false })
      }
      return made
    })
  }

  /** Gives the kit of a link another address; the one before is gone. @returns the link; undefined when there is none, or it was taken back */
  async moveKit(code: string, kit: string): Promise<ShareLink | undefined> {
    const row = await this.#database
      .updateTable('share_link')
      .set({ kit })
      .where('code', '=', code)
      .where('state', '=', 'active')
      .returningAll()
      .executeTakeFirst()
    return row && linkOf(row)
  }

  /** Takes a link back, or gives it again. The kit of one that was taken back is gone. @returns the link; undefined when there is none */
  async setRevoked(code: string, revoked: boolean): Promise<ShareLink | undefined> {
    const row = await this.#database
      .updateTable('share_link')
      .set({ state: revoked ? 'revoked' : 'active' })
      .where('code', '=', code)
      .returningAll()
      .executeTakeFirst()
    return row && linkOf(row)
  }
}

function linkOf({
  code,
  kind,
  site,
  label,
  language,
  community,
  readers,
  made_by,
  made_on,
  last_day,
  state,
}: ManagementTables['share_link']): ShareLink {
  return {
    code,
    kind,
    target: { site, label },
    language,
    community,
    readers,
    madeBy: made_by,
    madeOn: made_on,
    lastDay: last_day,
    revoked: state === 'revoked',
  }
}
