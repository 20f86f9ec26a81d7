#!/usr/bin/env bash
# Public scanners at the site behind the shipped proxy, on this machine alone: Mozilla's HTTP Observatory, sslscan and Wapiti. What they found
# last time, and why each finding is right or wrong, is in docs/security.md. Needs root, a build, and:
#   apt-get install --yes --no-install-recommends nginx-light sslscan wapiti openssl
set -euo pipefail
cd "$(dirname "$0")/.."

OBSERVATORY=1.4.8
HOSTS='www.jouwja.example www.dagboekvanyarah.example'

if [ "${1:-}" != inside ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  npm install --silent --ignore-scripts --prefix "$folder" "@mdn/mdn-http-observatory@$OBSERVATORY"
  # Lists that it would fetch: whether browsers know these names already (they do not).
  mkdir -p "$folder/node_modules/@mdn/mdn-http-observatory/conf" "$folder/node_modules/node_extra_ca_certs_mozilla_bundle/ca_bundle"
  echo '{}' > "$folder/node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
  # Ports 80 and 443 of a network of its own, and names that lead to it.
  unshare --mount --net --pid --fork --kill-child --mount-proc "$0" inside "$folder"
  exit
fi

folder=$2
ip link set lo up
cp /etc/hosts "$folder/hosts"
echo "127.0.0.1 $HOSTS" >> "$folder/hosts"
mount --bind "$folder/hosts" /etc/hosts
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=www.jouwja.example \
  -addext subjectAltName=DNS:www.jouwja.example,DNS:www.dagboekvanyarah.example -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2> /dev/null
cp "$folder/fullchain.pem" "$folder/node_modules/node_extra_ca_certs_mozilla_bundle/ca_bundle/ca_intermediate_bundle.pem"
sed -e '/listen \[::\]/d' -e "s#/etc/ssl/campaign/#$folder/#; s#/run/nginx.pid#$folder/nginx.pid#; s#/var/log/nginx/#$folder/#; /127.0.0.1:3002/d" deploy/nginx.conf > "$folder/nginx.conf"
NODE_ENV=production PORT=3001 DATA_FOLDER="$folder/data" TRUSTED_PROXIES=1 node server/serve.js > "$folder/log" 2>&1 &
until grep -q 'dagboek' "$folder/log"; do sleep 0.2; done
nginx -c "$folder/nginx.conf" -e "$folder/error.log"

for host in $HOSTS; do
  echo "HTTP Observatory, $host:"
  (cd "$folder" && npx mdn-http-observatory-scan "$host" 2> /dev/null) |
    node -e "let t = ''; process.stdin.on('data', (d) => (t += d)).on('end', () => { const { scan, tests } = JSON.parse(t); console.log(scan.grade, scan.score); for (const [name, { pass, result }] of Object.entries(tests)) console.log(pass ? '  passed' : '  FAILED', name, result) })"
done
echo 'sslscan:'
sslscan --no-colour --sni-name=www.jouwja.example 127.0.0.1:443 | grep -E 'SSLv|TLSv1\.[0-9] +(en|dis)abled|Accepted|Preferred|vulnerable'
echo 'Wapiti, all modules:'
wapiti --url https://www.jouwja.example/ --verify-ssl 0 --module all --flush-session --max-links-per-page 60 --depth 3 --max-scan-time "${WAPITI_SECONDS:-600}" --format txt --output "$folder/wapiti.txt" --no-bugreport > "$folder/wapiti.log" 2>&1 || true
grep -vE '^\*+$' "$folder/wapiti.txt"
