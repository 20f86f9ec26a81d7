import { createTranslator } from 'use-intl/core'
import { addDays, dayOf } from '#campaign/day.ts'
import { weekOf, type Period } from '#campaign/period.ts'
import type { Run } from '#campaign/run.ts'
import en from '#content/en/manage/mail.json' with { type: 'json' }
import nl from '#content/nl/manage/mail.json' with { type: 'json' }
import type { ManagementStore } from '#store/management-store.ts'
import type { PublishedTotals } from '#store/published-totals.ts'
import { causeOf } from '../cause.ts'
import type { Site } from '../content/read.ts'
import { runTotals, tallyTotals, writtenAs } from '../counts/totals.ts'
import { MANAGEMENT } from '../route.ts'
import { openPost, type PostSettings } from './post.ts'

/** Between two looks at whether there is mail to send. Unit: milliseconds. */
const BEAT = 10 * 60_000

interface Parts {
  readonly settings: PostSettings
  /** Absent while nobody was ever let in. */
  readonly store: () => Promise<ManagementStore | undefined>
  readonly totals: () => Promise<PublishedTotals>
  readonly sites: readonly Site[]
  readonly runs: () => readonly Run[]
  readonly now: () => Date
  /** Is told, once, that mail cannot be sent. */
  readonly say: (sentence: string) => void
}

/**
 * The weekly mail to those who asked for it: on Monday, once the week before is closed, or as soon after as the server runs. It holds
 * published totals and nothing else.
 */
export class WeeklyMail {
  readonly #parts: Parts
  #timer: NodeJS.Timeout | undefined
  #broken = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Sends what is due, and goes on by itself until `stop`. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.sendWhatIsDue(), BEAT)
    await this.sendWhatIsDue()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Sends the mail about the week before, unless a process has done so. When the mail server refuses all of it, it is tried again. */
  async sendWhatIsDue(): Promise<void> {
    const week = weekOf(addDays(dayOf(this.#parts.now()), -7))
    try {
      const store = await this.#parts.store()
      const readers = (await store?.mailReaders()) ?? []
      if (!store || readers.length === 0) return
      const totals = await this.#parts.totals()
      if (!(await isClosed(totals, week)) || !(await store.takeMailWeek(week.id))) return
      const post = openPost(this.#parts.settings)
      const answers = await Promise.allSettled(
        readers.map(async ({ name, email, language }) => {
          const { subject, text } = await this.#written(totals, week, name, language)
          await post.sendMail({ from: this.#parts.settings.MAIL_FROM, to: { name, address: email }, subject, text })
        }),
      )
      post.close()
      const failed = answers.filter(({ status }) => status === 'rejected').length
      if (failed === answers.length) await store.returnMailWeek(week.id)
      if (failed > 0) throw new Error(`${failed} of ${answers.length} mails could not be sent`)
      this.#broken = false
    } catch (error) {
      if (!this.#broken)
        this.#parts.say(
          `The weekly mail waits. ${causeOf(error, 'The answer was', 'Sending failed')}. Look at SMTP_URL and MAIL_FROM; what could not be sent at all is tried again every ten minutes.`,
        )
      this.#broken = true
    }
  }

  async #written(
    published: PublishedTotals,
    week: Period,
    name: string,
    language: 'nl' | 'en',
  ): Promise<{ subject: string; text: string }> {
    const { sites, runs } = this.#parts
    const t = createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
    const date = (day: string) =>
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(`${day}T00:00:00Z`),
      )
    const nameOf = (id: string) => sites.find((site) => site.id === id)?.name ?? id
    const ofThisWeek = (await runTotals(published, runs())).filter(
      ({ periods }) => (periods.at(-1)?.lastDay ?? '') >= week.firstDay,
    )
    const ofRuns = ofThisWeek.flatMap(({ run, site, visitors, periods }) => {
      const struck = periods.filter((period) => period.struck !== undefined).length
      const runName = runs().find(({ id }) => id === run)?.name ?? run
      return [
        t('run', {
          run: runName,
          site: nameOf(site),
          visitors: writtenAs(visitors, language),
          date: date(periods.at(-1)?.lastDay ?? ''),
        }),
        ...(struck > 0 ? [t('struck', { count: struck })] : []),
      ]
    })
    const visits = (await tallyTotals(published, week.firstDay, week.lastDay)).filter(
      ({ series }) => series === 'visits',
    )
    const [host] = sites.find(({ id }) => id === 'help')?.hosts ?? []
    const paragraphs = [
      t('hello', { name }),
      (ofRuns.length === 0 ? [t('noRun')] : ofRuns).join('\n'),
      visits
        .map(({ site, shown }) =>
          t('visits', {
            site: nameOf(site),
            visits: writtenAs(shown, language),
            from: date(week.firstDay),
            to: date(week.lastDay),
          }),
        )
        .join('\n'),
      t('more', { address: `https://${host}${MANAGEMENT}` }),
      t('stop'),
    ]
    return {
      subject: t('subject', { week: week.id }),
      text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
    }
  }
}

/** Whether the last day of a week is published. */
async function isClosed(totals: PublishedTotals, week: Period): Promise<boolean> {
  return (await totals.tallies(week.firstDay, week.lastDay)).some(({ lastDay }) => lastDay === week.lastDay)
}
