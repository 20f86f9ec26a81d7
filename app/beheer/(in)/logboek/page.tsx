import { addDays } from '#campaign/day.ts'
import { formatDay } from '#components/format.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../account-texts.ts'
import { auditActions, auditSentence } from '../../audit-texts.ts'
import { signedIn, today } from '../../guard.ts'

/** How many lines of the log are on a page. */
const LINES = 100
/** For how long what went wrong at the door is shown. Unit: days. */
const FAILURE_DAYS = 30
/** How much of the id of an account tells it from the others. */
const ID_SHOWN = 8

interface Props {
  /** `wie` is an account, `wat` a kind of act; `voor` is the number of the line that the page before ended with. */
  readonly searchParams: Promise<{ wie?: string | string[]; wat?: string | string[]; voor?: string | string[] }>
}

/** Who did what, a page at a time, of everybody or of one person, and what went wrong at the door. */
export default async function AuditPage({ searchParams }: Props) {
  const { language } = await signedIn()
  const t = accountTexts(language)
  const { accounts, auditLog } = (await management()).store
  const { wie, wat, voor } = await searchParams
  const [account, action] = [chosen(wie), chosen(wat)]
  const before = /^\d{1,9}$/.test(chosen(voor) ?? '') ? Number(voor) : undefined
  const lines = await auditLog.lines({ account, action, before }, LINES + 1)
  const shown = lines.slice(0, LINES)
  const older = lines.length > LINES ? shown.at(-1)?.number : undefined
  const people = await auditLog.people()
  const failures = await auditLog.failures(addDays(await today(), -FAILURE_DAYS))
  const names = new Map([...people, ...(await accounts.all())].map((person) => [person.id, person]))
  const choice = { ...(account ? { wie: account } : {}), ...(action ? { wat: action } : {}) }
  return (
    <>
      <h1>{t('audit.title')}</h1>
      <p className="mb-6">{t('audit.lead')}</p>
      <form method="get" className="no-print mb-6 flex flex-wrap items-end gap-3">
        <Choice
          name="wie"
          label={t('audit.filterWho')}
          all={t('audit.everybody')}
          chosen={account}
          options={people.map(({ id, name, email }) => ({ value: id, text: [name, email].filter(Boolean).join(', ') }))}
        />
        <Choice
          name="wat"
          label={t('audit.filterWhat')}
          all={t('audit.everything')}
          chosen={action}
          options={auditActions(language)}
        />
        <button className="button quiet">{t('audit.filter')}</button>
      </form>
      {shown.length === 0 ? (
        <p>{t('audit.empty')}</p>
      ) : (
        <ScrollTable
          label={t('audit.title')}
          head={[t('audit.day'), t('audit.who'), t('audit.what')]}
          rows={shown.map((line) => ({
            key: String(line.number),
            cells: [
              formatDay(line.day, language),
              <Who
                key="who"
                name={line.manager}
                address={line.address}
                // Whoever looks after the server has no address and no account.
                account={line.account && line.address && t('audit.account', { id: line.account.slice(0, ID_SHOWN) })}
              />,
              auditSentence(language, line.action, line.subject),
            ],
          }))}
        />
      )}
      <p className="no-print mt-4 flex flex-wrap gap-6">
        {before === undefined ? null : <a href={addressOf(choice)}>{t('audit.newest')}</a>}
        {older === undefined ? null : <a href={addressOf({ ...choice, voor: String(older) })}>{t('audit.older')}</a>}
      </p>

      <h2>{t('audit.failuresTitle')}</h2>
      <p className="mb-4">{t('audit.failuresLead', { days: FAILURE_DAYS })}</p>
      {failures.length === 0 ? (
        <p>{t('audit.failuresEmpty')}</p>
      ) : (
        <ScrollTable
          label={t('audit.failuresTitle')}
          head={[t('audit.day'), t('audit.who'), t('audit.what'), t('audit.count')]}
          rows={failures.map(({ day, account: of, kind, count }) => ({
            key: [day, of, kind].join(),
            cells: [
              formatDay(day, language),
              of === '' ? (
                t('audit.nobody')
              ) : (
                <Who
                  key="who"
                  name={names.get(of)?.name ?? ''}
                  address={names.get(of)?.email ?? null}
                  account={t('audit.account', { id: of.slice(0, ID_SHOWN) })}
                />
              ),
              t(`audit.failureOf.${kind}`),
              String(count),
            ],
          }))}
        />
      )}
    </>
  )
}

/** Somebody by name, address and account: names repeat. */
function Who({
  name,
  address,
  account,
}: {
  readonly name: string
  readonly address: string | null
  readonly account: string | null
}) {
  return (
    <>
      <bdi>{name}</bdi>
      {[address, account].filter(Boolean).map((text) => (
        <span key={text} className="block text-soft">
          {text}
        </span>
      ))}
    </>
  )
}

function Choice({
  name,
  label,
  all,
  chosen: value,
  options,
}: {
  readonly name: string
  readonly label: string
  readonly all: string
  readonly chosen: string | undefined
  readonly options: readonly { readonly value: string; readonly text: string }[]
}) {
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={name} className="font-bold">
        {label}
      </label>
      <select id={name} name={name} defaultValue={value ?? ''}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

function chosen(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.replaceAll('\0', '') : undefined
}

function addressOf(choice: Readonly<Record<string, string>>): string {
  return `/beheer/logboek?${new URLSearchParams(choice)}`
}
