#!/usr/bin/env bash
# The tests run in Debian's Chromium, look at what Debian's Firefox keeps, count in a PostgreSQL of their own, read the
# posters as Poppler draws them, stand behind proxies of their own (nginx, HAProxy, Caddy, Apache), rehearse docs/operate.md,
# and type in the address bar of a browser with a window (Xvfb, openbox, xdotool; certutil has it trust the tests).
# On a Debian machine, as root, this installs what is missing; elsewhere it says how.
set -euo pipefail

missing=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
[ -x "${FIREFOX:-/usr/bin/firefox-esr}" ] || missing+=(firefox-esr)
command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
command -v openssl >/dev/null || missing+=(openssl)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
[ -x /usr/sbin/haproxy ] || missing+=(haproxy)
[ -x /usr/bin/caddy ] || missing+=(caddy)
[ -x /usr/sbin/apache2 ] || missing+=(apache2-bin)
command -v systemd-analyze >/dev/null || missing+=(systemd)
command -v ip >/dev/null || missing+=(iproute2)
command -v curl >/dev/null || missing+=(curl)
command -v Xvfb >/dev/null || missing+=(xvfb)
command -v xdotool >/dev/null || missing+=(xdotool)
command -v openbox >/dev/null || missing+=(openbox)
command -v certutil >/dev/null || missing+=(libnss3-tools)
if [ ${#missing[@]} = 0 ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests …"
  apt-get update -qq
  # A package of a server starts it when it is installed and after each start of the machine, where there is a systemd. They would all
  # want port 80, and no test asks them there. The file tells the packages not to (policy-rc.d of Debian), and goes away again.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  if [ -d /run/systemd/system ]; then
    for package in "${missing[@]}"; do
      case $package in
        nginx-light) systemctl disable --quiet nginx ;;
        haproxy | caddy) systemctl disable --quiet "$package" ;;
      esac
    done
  fi
  exit 0
fi
echo "The tests need ${missing[*]}: run \"sudo apt-get install ${missing[*]}\", or set CHROMIUM and FIREFOX to their paths." >&2
exit 1
