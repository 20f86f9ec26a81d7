import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { RAW_TABLES } from '#store/tables.ts'

// docs/operate.md by its own commands, in a copy of this machine: mounts, users, ports and processes of its own (Linux namespaces), so
// that nothing of it is left behind. What systemd would do is done with what the unit says.

const DOCUMENT = readFileSync('docs/operate.md', 'utf8')
const UNIT = 'deploy/systemd/campaign@.service'

/** The blocks that are rehearsed, in their order. */
const blocks = [...DOCUMENT.matchAll(/^```sh rehearse\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** A setting of the unit. */
function unit(name: string): string {
  const value = new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(UNIT, 'utf8'))?.[1]
  if (value === undefined) throw new Error(`${UNIT} has no ${name} any more`)
  return value
}

/** The commands that start one process as the unit does. */
function started(port: string): string {
  const program = unit('ExecStart').replace('/usr/bin/node', existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath)
  return `(set -a; . ${unit('EnvironmentFile')}; ${unit('Environment').replaceAll('%i', port)}; cd ${unit('WorkingDirectory')}; exec setpriv --reuid=${unit('User')} --regid=${unit('Group')} --clear-groups -- ${program}) >> /var/log/campaign.log 2>&1 & echo $! > /run/campaign-${port}.pid`
}

/** What happens after a block, beside the commands of the document. */
function after(block: string): string {
  if (block.includes('campaign@.service')) return `${started('3001')}\n${started('3002')}`
  // "systemctl reload nginx"
  if (block.includes('nginx -t')) return 'nginx'
  return ''
}

function rehearse(folder: string, postgres: string): string {
  const script = join(folder, 'rehearse.sh')
  writeFileSync(
    script,
    `set -euo pipefail
# A copy of the machine.
ip link set lo up
mount -t tmpfs tmpfs ${folder}/over
for place in /etc /var/lib /var/log /opt; do
  mkdir -p ${folder}/over$place/upper ${folder}/over$place/work
  mount -t overlay overlay -o lowerdir=$place,upperdir=${folder}/over$place/upper,workdir=${folder}/over$place/work $place
done
mount -t tmpfs tmpfs /run
mkdir -p /opt/campaign-1 ${folder}/over/program/upper ${folder}/over/program/work
mount -t overlay overlay -o lowerdir="$PWD",upperdir=${folder}/over/program/upper,workdir=${folder}/over/program/work /opt/campaign-1
chmod 755 /opt/campaign-1
echo '127.0.0.1 www.jouwja.example www.dagboekvanyarah.example' >> /etc/hosts
export NODE_EXTRA_CA_CERTS=/etc/ssl/campaign/fullchain.pem NODE_NO_WARNINGS=1
# What the package of PostgreSQL does when it is installed.
install --directory --owner postgres --group postgres /run/postgresql /var/lib/postgresql
runuser -u postgres -- ${postgres}/initdb -D /var/lib/postgresql/rehearsal --auth peer --no-sync > /dev/null
runuser -u postgres -- ${postgres}/pg_ctl -D /var/lib/postgresql/rehearsal -w -l /var/lib/postgresql/log -o "-c listen_addresses= -c unix_socket_directories=/run/postgresql" start > /dev/null
export PATH=${postgres}:$PATH
trap 'kill $(cat /run/campaign-*.pid /run/nginx.pid 2>/dev/null) 2>/dev/null; runuser -u postgres -- ${postgres}/pg_ctl -D /var/lib/postgresql/rehearsal -m immediate stop > /dev/null' EXIT
cd /
${blocks.map((block, index) => `echo '== ${index}'\n(\n${block})\n${after(block)}`).join('\n')}
echo '== after'
for port in 3001 3002; do touch /opt/campaign/by-the-site 2>/dev/null && true; runuser -u campaign -- touch /opt/campaign/by-the-site 2>/dev/null && echo 'the site can write its own program'; done
echo "raw rows in the dump: $(pg_restore --data-only --file - /var/tmp/campaign.dump | awk '/^COPY public\\.(${RAW_TABLES.join('|')}) /,/^\\\\\\.$/' | grep -vcE '^COPY|^\\\\\\.$' || true)"
echo "raw rows here: $(runuser -u postgres -- psql -At campaign -c 'select count(*) from tally_cell')"
echo "raw rows there: $(runuser -u postgres -- psql -At campaign_restored -c 'select count(*) from tally_cell')"
echo "invitations there: $(runuser -u postgres -- psql -At campaign_restored -c 'select count(*) from invitation')"
for port in 3001 3002; do kill -TERM $(cat /run/campaign-$port.pid); done
for port in 3001 3002; do wait $(cat /run/campaign-$port.pid) && echo "process $port ended well"; rm /run/campaign-$port.pid; done
echo "log: $(cat /var/log/campaign.log | tr -d '\\n')"
echo "who may read: $(stat -c '%a %U' /var/lib/campaign /var/lib/campaign/keys /etc/campaign/site.env 2>/dev/null | tr '\\n' ' ')"
`,
  )
  return execFileSync('unshare', ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'bash', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

test('an operator who follows the document gets both sites, a manager, and a backup without raw counts', () => {
  test.skip(process.getuid?.() !== 0, 'a copy of the machine can be made by root only')
  const versions = readdirSync('/usr/lib/postgresql').sort()
  const folder = mkdtempSync(join(tmpdir(), 'operate-'))
  execFileSync('mkdir', [join(folder, 'over')])
  try {
    const told = rehearse(folder, `/usr/lib/postgresql/${versions.at(-1)}/bin`)
    const part = (name: string | number) => told.split(`== ${name}\n`)[1]?.split('\n== ')[0] ?? ''
    const blockWith = (text: string) => part(blocks.findIndex((block) => block.includes(text)))
    expect(blockWith('/ready')).toBe('serving\nserving')
    expect(blockWith('check-live').match(/^ {2}yes {2}/gm)).toHaveLength(20)
    expect(blockWith('check-live')).not.toContain('  NO ')
    expect(blockWith('manager-command')).toContain('https://www.jouwja.example/beheer/uitnodiging/')
    expect(part('after')).not.toContain('the site can write its own program')
    expect(part('after')).toMatch(/raw rows here: [1-9]/)
    expect(part('after')).toContain('raw rows in the dump: 0\n')
    expect(part('after')).toContain('raw rows there: 0\n')
    expect(part('after')).toContain('invitations there: 1\n')
    expect(part('after')).toContain('process 3001 ended well\nprocess 3002 ended well\n')
    expect(part('after')).toContain('who may read: 700 campaign')
    expect(part('after')).toContain('"level":"info"')
    expect(told).not.toContain('cannot start')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the dump of the document leaves every raw table empty', () => {
  const dump = blocks.find((block) => block.includes('pg_dump')) ?? ''
  expect(RAW_TABLES.filter((table) => !dump.includes(`--exclude-table-data ${table} `))).toEqual([])
})

test('the unit is one that systemd takes, and keeps what it need not have from the process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'))
  try {
    const file = join(folder, 'campaign@3001.service')
    writeFileSync(file, readFileSync(UNIT))
    const verified = execFileSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(verified).toBe('')
    const [, exposure] = /Overall exposure level for .*: ([\d.]+)/.exec(execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], { encoding: 'utf8' })) ?? []
    expect(Number(exposure)).toBeLessThan(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
