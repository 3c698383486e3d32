#!/usr/bin/env bash
# Asks intake, review, the portal and the matcher, as they describe themselves, for what they do not say: schemathesis from PyPI with all its checks, in a
# virtual environment beside the data, against processes of this build. Exits with 1 if any API has findings.
#   infra/schemathesis/run.sh [--seed 1] [--max-examples 8] [folder, by default .cache/schemathesis]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=.cache/schemathesis seed=1 examples=8
while [ $# -gt 0 ]; do
	case $1 in
	--seed) seed=$2 && shift 2 ;;
	--max-examples) examples=$2 && shift 2 ;;
	-*) echo "usage: $0 [--seed N] [--max-examples N] [folder]" >&2 && exit 2 ;;
	*) folder=$1 && shift ;;
	esac
done
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
intake=http://127.0.0.1:18710
review=http://127.0.0.1:18713
portal=http://127.0.0.1:18714
matcher=http://127.0.0.1:18715
[ -x "$folder/venv/bin/schemathesis" ] || {
	python3 -m venv "$folder/venv"
	"$folder/venv/bin/pip" install -q schemathesis==4.32.5
}

export BREAKWATER_DATA_DIR=$folder/data BREAKWATER_INTAKE_PORT=18710 BREAKWATER_REVIEW_PORT=18713 BREAKWATER_PORTAL_PORT=18714 BREAKWATER_MODEL_BACKEND=off
breakwater() { node dist/services/cli/main.js --json "$@"; }
field() { node -pe "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).$1"; }
node dist/services/cli/main.js start --roles intake,review,portal 2>"$folder/server.log" &
servers=($!)
wait_for() {
	for _ in $(seq 120); do
		curl -sf "$1" >/dev/null && return
		sleep 0.5
	done
	echo "nothing answers at $1" >&2
	return 1
}
trap 'kill "${servers[@]}" 2>/dev/null; wait "${servers[@]}" 2>/dev/null || true' EXIT
wait_for "$review/ready"
wait_for "$intake/ready"
wait_for "$portal/ready"
node dist/services/cli/main.js matcher --port 18715 2>"$folder/matcher.log" &
servers+=($!)
wait_for "$matcher/status"

name=st$RANDOM
key=$(breakwater platform add "$name" --source "//$name.example" | field apiKey)
first=$(breakwater user add "$name" --role lead --role operator --role reviewer | field password)
json=(-s -H 'content-type: application/json' -b "$folder/jar" -c "$folder/jar")
csrf=$(curl "${json[@]}" -d "{\"login\":\"$name\",\"password\":\"$first\"}" "$review/api/session" | field csrfToken)
curl "${json[@]}" -X PUT -H "x-breakwater-csrf: $csrf" "$review/api/session/password" \
	-d "{\"password\":\"$first\",\"newPassword\":\"correct horse battery staple\"}"
cookie=$(awk '/breakwater/ { print $6 "=" $7 }' "$folder/jar" | tail -1)

reporter=$(breakwater reporter add "$name" --kind hotline | field apiKey)
authority=$(breakwater authority add "$name" --jurisdiction VN --law VN-CSL25 | field apiKey)
curator=$(breakwater platform add-key "$name" --curate | field apiKey)

# It keeps what it found in the folder that it runs in.
st() { (cd "$folder" && venv/bin/schemathesis --config-file "$rules/$1.toml" run "${@:2}" "${common[@]}") || status=1; }
rules=$PWD/infra/schemathesis
status=0
common=(--phases examples,coverage,fuzzing --max-examples "$examples" --seed "$seed" --continue-on-failure --no-color --request-timeout 30)
st ours "$intake/openapi.json" -H "Authorization: Bearer $key" --include-path-regex '^/v1/' --exclude-path-regex '^/v1/reports'
st ours "$intake/openapi.json" -H "Authorization: Bearer $reporter" --include-path-regex '^/v1/reports'
# Sessions would end, and streams of events never do.
st ours "$review/openapi.json" -H "Cookie: $cookie" -H "x-breakwater-csrf: $csrf" --exclude-path-regex 'session|/events$|live'
st ours "$portal/openapi.json" -H "Authorization: Bearer $authority"
st matcher "$matcher/openapi.json" -H "Authorization: Bearer $curator"
exit "$status"
