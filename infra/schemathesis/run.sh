#!/usr/bin/env bash
# Asks intake and review, as they describe themselves, for what they do not say: schemathesis from PyPI, in a virtual environment beside the
# data, against processes of this build. Exits with 1 at the first API that has findings.
#   infra/schemathesis/run.sh [folder, by default .cache/schemathesis; as root, one that the database's user can reach]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-.cache/schemathesis}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
intake=http://127.0.0.1:18710
review=http://127.0.0.1:18713
[ -x "$folder/venv/bin/schemathesis" ] || {
	python3 -m venv "$folder/venv"
	"$folder/venv/bin/pip" install -q schemathesis==4.32.5
}

export BREAKWATER_DATA_DIR=$folder/data BREAKWATER_INTAKE_PORT=18710 BREAKWATER_REVIEW_PORT=18713 BREAKWATER_MODEL_BACKEND=off
breakwater() { node dist/services/cli/main.js --json "$@"; }
field() { node -pe "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).$1"; }
node dist/services/cli/main.js start --roles intake,review 2>"$folder/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 120); do
	curl -sf "$review/ready" >/dev/null && curl -sf "$intake/ready" >/dev/null && break
	sleep 0.5
done

name=st$RANDOM
key=$(breakwater platform add "$name" --source "//$name.example" | field apiKey)
first=$(breakwater user add "$name" --role lead --role operator --role reviewer | field password)
json=(-s -H 'content-type: application/json' -b "$folder/jar" -c "$folder/jar")
csrf=$(curl "${json[@]}" -d "{\"login\":\"$name\",\"password\":\"$first\"}" "$review/api/session" | field csrfToken)
curl "${json[@]}" -X PUT -H "x-breakwater-csrf: $csrf" "$review/api/session/password" \
	-d "{\"password\":\"$first\",\"newPassword\":\"correct horse battery staple\"}"
cookie=$(awk '/breakwater/ { print $6 "=" $7 }' "$folder/jar" | tail -1)

common=(--phases examples,coverage,fuzzing --max-examples 8 --generation-deterministic --continue-on-failure --no-color --request-timeout 30)
# What they answer is what they say. Which requests they take is described more loosely than it is (an event has bytes, a URL or a key; no
# NULs), so whether a request that fits is taken is not asked yet; nor is the matcher's API, whose answers to unknown names are not described.
# It keeps what it found in the folder that it runs in.
st() { (cd "$folder" && venv/bin/schemathesis run "$@"); }
checks=(--checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance)
st "$intake/openapi.json" "${common[@]}" "${checks[@]}" -H "Authorization: Bearer $key" \
	--include-path-regex '^/v1/'
# Sessions would end, and streams of events never do.
st "$review/openapi.json" "${common[@]}" "${checks[@]}" -H "Cookie: $cookie" -H "x-breakwater-csrf: $csrf" \
	--exclude-path-regex 'session|/events$|live'
