#!/usr/bin/env bash
# The browser tests run in Debian's Chromium. On a Debian machine, as root, this installs it; elsewhere it says how.
set -euo pipefail

if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing Chromium for the browser tests …'
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  exit 0
fi
echo 'The browser tests need Chromium: run "sudo apt-get install chromium", or set CHROMIUM to the path of one.' >&2
exit 1
