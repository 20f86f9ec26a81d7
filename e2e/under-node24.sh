#!/usr/bin/env bash
# `npm run test:node24`: types, unit tests, build, start and ten journeys under Node.js 24, the release with long support. It
# works on a copy of what git would commit, so that the build of this folder stays. npm brings Node: each system has a package
# of its own with the binary in it, which runs nothing when it is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=24.21.0
JOURNEYS=(
  'PostgreSQL stopped and started again'
  'is one visit and one open of each page'
  'a page that goes out of sight is covered'
  'a reader opens the window on the page of a library'
  'after the exit, Back shows no page of ours'
  'the first manager comes in by an invitation'
  'a run is planned with everything that is wrong'
  'the files are what they say they are'
  'two machines with one PostgreSQL'
  'ten pages are one entry of the history'
)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The user of PostgreSQL, in which the unit tests count, looks into this folder.
chmod 755 "$folder"
package="node-$(node --print 'process.platform + "-" + process.arch')@$VERSION"
echo "== $package"
npm install --prefix "$folder/node" --no-save --ignore-scripts --loglevel=error "$package"
PATH="$folder/node/node_modules/.bin:$PATH"
[ "$(node --version)" = "v$VERSION" ]

mkdir "$folder/site"
git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
  if [ -e "$file" ]; then printf '%s\0' "$file"; fi
done | tar --create --null --files-from=- | tar --extract --directory "$folder/site"
cd "$folder/site"
git init --quiet && git add --all
git -c user.name=test -c user.email=test@site.invalid commit --quiet --message 'The site as it is tested'
npm ci --prefer-offline --loglevel=error
npm run types
npm run unit
npm run build
pattern=$(IFS='|'; echo "${JOURNEYS[*]}")
listed=$(npx playwright test --list --grep "$pattern" | grep -c ' › ')
if [ "$listed" != "${#JOURNEYS[@]}" ]; then
  echo "The ${#JOURNEYS[@]} journeys of e2e/under-node24.sh are now $listed: give it titles that are there." >&2
  exit 1
fi
npx playwright test --grep "$pattern"
echo "Types, unit tests, build, start and ${#JOURNEYS[@]} journeys work under Node.js $VERSION."
