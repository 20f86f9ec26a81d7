import initSqlJs from 'sql.js'

/** A visit as the browser keeps it. */
export interface VisitedRow {
  readonly url: string
  readonly title: string
  /** Whether the history page lists it. */
  readonly visible: boolean
}

// Chromium: ui/base/page_transition_types.h, and VisitDatabase::GetVisibleVisitsInRange for what the history page lists.
const CHAIN_END = 0x20000000
const CORE_MASK = 0xff
const AUTO_SUBFRAME = 3
const MANUAL_SUBFRAME = 4
const KEYWORD_GENERATED = 10

/** Every visit in Chromium's file `History`, and every address that it keeps without one. */
export function rowsOfChromium(file: Buffer): Promise<VisitedRow[]> {
  return query(
    file,
    `SELECT urls.url, urls.title, urls.hidden = 0 AND (visits.transition & ${CHAIN_END}) != 0
       AND (visits.transition & ${CORE_MASK}) NOT IN (${AUTO_SUBFRAME}, ${MANUAL_SUBFRAME}, ${KEYWORD_GENERATED})
     FROM urls LEFT JOIN visits ON visits.url = urls.id ORDER BY visits.id`,
  )
}

// Firefox: toolkit/components/places/nsINavHistoryService.idl.
const EMBED = 4
const FRAMED_LINK = 8

/** Every visit in Firefox's file `places.sqlite`, and every address that it keeps without one. */
export function rowsOfFirefox(file: Buffer): Promise<VisitedRow[]> {
  return query(
    file,
    `SELECT moz_places.url, moz_places.title, moz_places.hidden = 0 AND moz_historyvisits.visit_type NOT IN (${EMBED}, ${FRAMED_LINK})
     FROM moz_places LEFT JOIN moz_historyvisits ON moz_historyvisits.place_id = moz_places.id ORDER BY moz_historyvisits.id`,
  )
}

async function query(file: Buffer, statement: string): Promise<VisitedRow[]> {
  const { Database } = await initSqlJs()
  const database = new Database(file)
  try {
    return (database.exec(statement)[0]?.values ?? []).map(([url, title, visible]) => ({
      url: String(url),
      title: String(title ?? ''),
      visible: visible === 1,
    }))
  } finally {
    database.close()
  }
}
