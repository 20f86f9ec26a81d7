import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '#store/free-port.ts'
import { RAW_TABLES } from '#store/tables.ts'
import { INHERITED } from './environment.ts'

// docs/operate.md by its own commands, in a copy of this machine: mounts, users, ports, processes and a systemd of its own (Linux
// namespaces), so that nothing of it is left behind.

const DOCUMENT = readFileSync('docs/operate.md', 'utf8')
const UNIT = 'deploy/systemd/campaign@.service'

/** The blocks that are rehearsed, in their order. */
const blocks = [...DOCUMENT.matchAll(/^```sh rehearse\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** Units of Debian that the copy has, beside the one of the site. Others would look after the hardware of the machine. */
const UNITS_OF_DEBIAN = [
  'nginx.service',
  'systemd-journald.service',
  'systemd-journald.socket',
  'systemd-journald-dev-log.socket',
]

/** Puts the copy into a group of processes of its own, and takes that group away afterwards. */
function launch(folder: string): string {
  return `set -euo pipefail
groups=()
member=$(cat /proc/self/cgroup)
while IFS=: read -r _ kind path; do
  case $kind in
    '') if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then tree=/sys/fs/cgroup; else tree=/sys/fs/cgroup/unified; fi ;;
    name=systemd) tree=/sys/fs/cgroup/systemd ;;
    *) continue ;;
  esac
  mkdir "$tree$path/rehearsal-$$"
  echo $$ > "$tree$path/rehearsal-$$/cgroup.procs"
  groups+=("$tree$path/rehearsal-$$")
done <<< "$member"
ended=0
unshare --mount --net --pid --ipc --uts --cgroup --fork --kill-child --mount-proc bash ${folder}/prepare.sh || ended=$?
for group in "\${groups[@]}"; do
  echo $$ > "$(dirname "$group")/cgroup.procs"
  find "$group" -depth -type d -exec rmdir {} +
done
exit $ended
`
}

/** RFC 5737: an address for documents, which is nobody's. */
const ANOTHER_MACHINE = '192.0.2.1'

/** What the first process of the copy does before it becomes its systemd. */
function prepare(folder: string): string {
  return `set -euo pipefail
ip link set lo up
# An address that is another machine for whoever may reach this machine's own ones alone.
ip address add ${ANOTHER_MACHINE}/32 dev lo
mount -t tmpfs tmpfs ${folder}/over
for place in /etc /var/lib /var/log /opt; do
  mkdir -p ${folder}/over$place/upper ${folder}/over$place/work
  mount -t overlay overlay -o lowerdir=$place,upperdir=${folder}/over$place/upper,workdir=${folder}/over$place/work $place
done
mkdir -p /opt/campaign-build ${folder}/over/program/upper ${folder}/over/program/work
mount -t overlay overlay -o lowerdir="$PWD",upperdir=${folder}/over/program/upper,workdir=${folder}/over/program/work /opt/campaign-build
mount -t tmpfs tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /var/tmp
# The groups of processes as systemd wants them, in whichever of the two forms this machine has.
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs tmpfs /sys/fs/cgroup
  mkdir /sys/fs/cgroup/systemd /sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
  mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
fi
echo '127.0.0.1 www.jouwja.example www.dagboekvanyarah.example' >> /etc/hosts
# Its log is of its own units, not of the machine.
printf '[Journal]\\nReadKMsg=no\\nAudit=no\\n' > /etc/systemd/journald.conf
mkdir /run/units
cp ${UNITS_OF_DEBIAN.map((unit) => `/lib/systemd/system/${unit}`).join(' ')} /run/units
for target in sysinit basic sockets shutdown multi-user network-online; do printf '[Unit]\nDefaultDependencies=no\n' > /run/units/$target.target; done
cat > /run/units/rehearsal.service <<'UNIT'
[Unit]
Wants=systemd-journald.socket systemd-journald-dev-log.socket
After=systemd-journald.socket systemd-journald-dev-log.socket
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
ExecStart=/bin/bash ${folder}/rehearse.sh
StandardOutput=file:${folder}/told
StandardError=file:${folder}/complaints
UNIT
exec env -i container=rehearsal PATH="$PATH" SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/units /lib/systemd/systemd --unit=rehearsal.service --log-target=null --show-status=0
`
}

/** What is done in the copy: the blocks of the document, and what an operator would look at afterwards. */
function rehearse(postgres: string): string {
  return `set -euo pipefail
trap '[ $? = 0 ] || journalctl --output cat | tail --lines 40' EXIT
export PATH=${postgres}:$PATH HOME=/root NODE_EXTRA_CA_CERTS=/etc/ssl/campaign/fullchain.pem NODE_NO_WARNINGS=1
# What the packages of PostgreSQL and nginx do when they are installed.
install --directory --owner postgres --group postgres /run/postgresql /var/lib/postgresql
runuser -u postgres -- ${postgres}/initdb -D /var/lib/postgresql/rehearsal --auth peer --no-sync > /dev/null
runuser -u postgres -- ${postgres}/pg_ctl -D /var/lib/postgresql/rehearsal -w -l /var/lib/postgresql/log -o "-c listen_addresses= -c unix_socket_directories=/run/postgresql" start > /dev/null
systemctl start nginx
cd /
${blocks.map((block, index) => `echo '== ${index}'\n(\n${block})`).join('\n')}
echo '== after'
runuser -u campaign -- touch /opt/campaign/by-the-site 2>/dev/null && echo 'the site can write its own program'
echo "the process may write: $(nsenter --target "$(systemctl show --property MainPID --value campaign@3001)" --mount -- sh -c 'for place in /opt/campaign /etc /usr /home /var/lib /var/tmp; do touch $place/by-the-site 2>/dev/null && echo $place; done; true' | tr '\n' ' ')"
echo "memory on a disk: $(grep '^Max core file size' /proc/$(systemctl show --property MainPID --value campaign@3001)/limits | tr -s ' ')"
echo "users of its own: $([ "$(readlink /proc/self/ns/user)" = "$(readlink /proc/$(systemctl show --property MainPID --value campaign@3001)/ns/user)" ] && echo no || echo yes)"
# What the unit lets out: the same unit, with a program that tries to reach a listener on this machine and on another one.
node -e 'for (const host of ["127.0.0.1", "${ANOTHER_MACHINE}"]) require("net").createServer((socket) => socket.end("reached")).listen(2525, host)' & listener=$!
cat > /run/reach.js <<'PROGRAM'
const { connect } = require('node:net')
for (const host of ['127.0.0.1', '${ANOTHER_MACHINE}']) {
  const socket = connect(2525, host)
  const tell = (answer) => (console.log(host + ' ' + answer), socket.destroy())
  socket.setTimeout(2000, () => tell('kept in')).on('error', () => tell('kept in')).on('data', () => tell('reached'))
}
PROGRAM
chmod 644 /run/reach.js
sed --expression 's#^ExecStart=.*#ExecStart=/usr/bin/node /run/reach.js#' --expression '/^ExecStart=/i StandardOutput=file:/run/%p' \\
  --expression 's/^Restart=.*/Restart=no/' --expression 's/^Type=.*/Type=oneshot/' /etc/systemd/system/campaign@.service > /run/units/reach@.service
sed '/^IPAddress/d' /run/units/reach@.service > /run/units/unkept@.service
systemctl daemon-reload
systemctl start reach@4001 unkept@4001
for unit in reach unkept; do echo "from the unit $unit: $(sort /run/$unit | tr '\\n' ',')"; done
kill $listener
echo "raw rows in the dump: $(pg_restore --data-only --file - /var/tmp/campaign.dump | awk '/^COPY public\\.(${RAW_TABLES.join('|')}) /,/^\\\\\\.$/' | grep -vcE '^COPY|^\\\\\\.$' || true)"
echo "raw rows here: $(runuser -u postgres -- psql -At campaign -c 'select count(*) from tally_cell')"
echo "raw rows there: $(runuser -u postgres -- psql -At campaign_restored -c 'select count(*) from tally_cell')"
echo "invitations there: $(runuser -u postgres -- psql -At campaign_restored -c 'select count(*) from invitation')"
ready() { curl --silent --output /dev/null --fail --retry 60 --retry-delay 1 --retry-all-errors "http://127.0.0.1:1$1/ready"; }
# A process that dies is started again.
kill -KILL "$(systemctl show --property MainPID --value campaign@3002)"
ready 3002
echo "started again: $(systemctl show --property NRestarts --value campaign@3002)"
# Both are restarted one after the other, and readers go on.
(while [ ! -e /run/enough ]; do curl --silent --cacert /etc/ssl/campaign/fullchain.pem --output /dev/null --write-out '%{http_code}\n' https://www.jouwja.example/bellen; done > /run/read) & reader=$!
for port in 3001 3002; do systemctl restart campaign@$port; ready $port; done
touch /run/enough
wait $reader
echo "read meanwhile: $(sort /run/read | uniq --count | awk '{ print $2 " × " $1 }' | tr '\n' ' ')"
systemctl stop campaign@3001 campaign@3002
for port in 3001 3002; do echo "process $port ended: $(systemctl show --property Result --value campaign@$port)"; done
journalctl --sync
echo "log: $(journalctl --unit 'campaign@*' --output cat | tr -d '\n')"
echo "who may read: $(stat -c '%a %U' /var/lib/campaign /var/lib/campaign/keys /etc/campaign/site.env 2>/dev/null | tr '\n' ' ')"
`
}

/** Rehearses the document. @returns what was told by its commands */
function rehearsal(folder: string, postgres: string): string {
  writeFileSync(join(folder, 'launch.sh'), launch(folder))
  writeFileSync(join(folder, 'prepare.sh'), prepare(folder))
  writeFileSync(join(folder, 'rehearse.sh'), rehearse(postgres))
  try {
    execFileSync('bash', [join(folder, 'launch.sh')], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    const written = ['told', 'complaints']
      .map((name) => join(folder, name))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'))
    throw new Error(`The rehearsal ended early: ${String(error)}\n${written.join('\n')}`, { cause: error })
  }
  return readFileSync(join(folder, 'told'), 'utf8')
}

function canWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

test('an operator who follows the document gets both sites, a manager, and a backup without raw counts', () => {
  test.skip(process.getuid?.() !== 0, 'a copy of the machine can be made by root only')
  test.skip(
    !canWrite('/sys/fs/cgroup/cgroup.procs') && !canWrite('/sys/fs/cgroup/systemd/cgroup.procs'),
    'this machine gives no groups of processes away, without which there is no systemd',
  )
  const versions = readdirSync('/usr/lib/postgresql').sort()
  const folder = mkdtempSync(join(tmpdir(), 'operate-'))
  execFileSync('mkdir', [join(folder, 'over')])
  try {
    const told = rehearsal(folder, `/usr/lib/postgresql/${versions.at(-1)}/bin`)
    const part = (name: string | number) => told.split(`== ${name}\n`)[1]?.split('\n== ')[0] ?? ''
    const blockWith = (text: string) => part(blocks.findIndex((block) => block.includes(text)))
    expect(blockWith('/ready')).toBe('serving\nserving')
    expect(blockWith('check-live').match(/^ {2}yes {2}/gm)).toHaveLength(24)
    expect(blockWith('check-live')).not.toContain('  NO ')
    expect(blockWith('command.js manager')).toContain('https://www.jouwja.example/beheer/uitnodiging/')
    expect(part('after')).not.toContain('the site can write its own program')
    expect(part('after')).toMatch(/raw rows here: [1-9]/)
    expect(part('after')).toContain('raw rows in the dump: 0\n')
    expect(part('after')).toContain('raw rows there: 0\n')
    expect(part('after')).toContain('invitations there: 1\n')
    expect(part('after')).toContain('the process may write: /var/tmp \n')
    expect(part('after')).toContain('memory on a disk: Max core file size 0 0')
    expect(part('after')).toContain('users of its own: yes\n')
    // The second sentence says that it is the unit which keeps it in, and not this test.
    expect(part('after')).toContain(`from the unit reach: 127.0.0.1 reached,${ANOTHER_MACHINE} kept in,\n`)
    expect(part('after')).toContain(`from the unit unkept: 127.0.0.1 reached,${ANOTHER_MACHINE} reached,\n`)
    expect(part('after')).toContain('started again: 1\n')
    expect(part('after')).toMatch(/^read meanwhile: 200 × \d{2,} $/m)
    expect(part('after')).toContain('process 3001 ended: success\nprocess 3002 ended: success\n')
    expect(part('after')).toContain('who may read: 700 campaign')
    expect(part('after')).toContain('"level":"info"')
    expect(told).not.toContain('cannot start')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The lines of the Dockerfile, in the part that makes the image that runs, that begin with a word, with what is written on. */
const inDockerfile = (word: string) =>
  [
    ...(
      readFileSync('Dockerfile', 'utf8')
        .split(/^FROM /m)
        .at(-1) ?? ''
    ).matchAll(new RegExp(`^${word} (.*)$`, 'gm')),
  ].map(([, rest = '']) => rest)

test('what goes into an image runs without the tools of the build, and can be asked by a platform that is let in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'))
  const site = join(folder, 'site')
  try {
    execFileSync('npm', ['run', '--silent', 'copy:production', '--', site])
    const image = Object.fromEntries(
      inDockerfile('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('='))),
    )
    expect(image).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', OPERATION_PORT: '3900', LOG: 'json' })
    expect(inDockerfile('EXPOSE')).toEqual([image.PORT])
    const [port, operationPort] = [await freePort(), await freePort()]
    const settings = {
      ...(image as Record<string, string>),
      NODE_ENV: 'production' as const,
      PATH: INHERITED.PATH ?? '',
      PORT: String(port),
      OPERATION_PORT: String(operationPort),
      DATA_FOLDER: join(folder, 'data'),
    }
    // Of this machine's addresses one that a process on 127.0.0.1 does not answer on.
    const fromOutside = (path: string) => fetch(`http://127.0.0.2:${operationPort}${path}`)
    const run = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      execFileSync(process.execPath, [...words], { cwd: site, env: { ...settings, ...more }, encoding: 'utf8' })
    const start = async (more: Readonly<Record<string, string>>) => {
      const server = spawn(process.execPath, ['server/serve.js'], { cwd: site, env: { ...settings, ...more } })
      let log = ''
      for (const stream of [server.stdout, server.stderr]) stream.on('data', (part: Buffer) => (log += part.toString()))
      await expect.poll(() => log, { timeout: 60_000 }).toContain('http://dagboek.localhost')
      return {
        log: () => log,
        stop: async () => {
          const ended = once(server, 'exit')
          server.kill('SIGTERM')
          expect((await ended)[0]).toBe(0)
        },
      }
    }

    const closed = await start({})
    expect(closed.log()).not.toContain('OPERATION_HOST')
    await expect(fromOutside('/ready')).rejects.toThrow('fetch failed')
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/beheer/aanmelden`)).status).toBe(200)
    // What a platform asks is nothing for readers.
    for (const path of ['/health', '/ready', '/metrics'])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404)
    expect(run(['server/command.js', 'manager', 'anna@example.org', 'Anna'])).toContain('/beheer/uitnodiging/')
    expect(run(['server/command.js', 'counts'])).toContain('19,433 visitors')
    expect(() => run(['server/command.js', '../start'])).toThrow('There is no command "../start" in the build')
    await closed.stop()

    const open = await start({ OPERATION_HOST: '0.0.0.0' })
    expect(open.log()).toContain(`port ${operationPort} answers on every address of this machine`)
    expect(await (await fromOutside('/ready')).text()).toBe('serving\n')
    const [health = ''] = inDockerfile('HEALTHCHECK').map((line) => line.split('CMD ')[1] ?? '')
    const asked = (host: string) =>
      execFileSync('sh', ['-c', health], { cwd: site, env: { ...settings, OPERATION_HOST: host }, stdio: 'pipe' })
    for (const host of ['0.0.0.0', '127.0.0.1', '127.0.0.2']) asked(host)
    await open.stop()
    expect(() => asked('0.0.0.0')).toThrow('Command failed')

    const files = readdirSync(site, { recursive: true, encoding: 'utf8' })
    expect(
      files.filter((file) =>
        /\.(map|rsc)$|^\.next\/(cache|types)\/|^node_modules\/(esbuild|tsx|tailwindcss|vitest)\//.test(file),
      ),
    ).toEqual([])
    expect(files.filter((file) => /\.tsx?$/.test(file) && !/^((\.next\/)?node_modules|deploy)\//.test(file))).toEqual(
      [],
    )
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
    const verified = execFileSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(verified).toBe('')
    const [, exposure] =
      /Overall exposure level for .*: ([\d.]+)/.exec(
        execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], { encoding: 'utf8' }),
      ) ?? []
    expect(Number(exposure)).toBeLessThan(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
