#!/usr/bin/env bash
# The browser tests run in Debian's Chromium, and look at what Debian's Firefox keeps. On a Debian machine, as root, this
# installs both; elsewhere it says how.
set -euo pipefail

missing=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
[ -x "${FIREFOX:-/usr/bin/firefox-esr}" ] || missing+=(firefox-esr)
if [ ${#missing[@]} = 0 ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the browser tests …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  exit 0
fi
echo "The browser tests need ${missing[*]}: run \"sudo apt-get install ${missing[*]}\", or set CHROMIUM and FIREFOX to their paths." >&2
exit 1
