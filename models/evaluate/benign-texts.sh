#!/bin/sh
# Measures the text model on benign English texts of Debian 12: the one-line descriptions of all its packages, the paragraphs of its
# common licences, and the quotations of the package `fortunes` (its offensive ones are in a package of their own, not used).
# Usage: sh models/evaluate/benign-texts.sh [FILE FOR THE RESULTS]   (after apt-get update and npm run build)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$root/models/evaluate/results/benign-texts.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

apt-cache dumpavail | sed -n 's/^Description: //p' | LC_ALL=C sort -u >"$work/descriptions"
# Texts apart by an empty line become one line each.
awk 'BEGIN { RS = "" } { gsub(/[ \t\n]+/, " "); print }' /usr/share/common-licenses/* | LC_ALL=C sort -u >"$work/licences"
(cd "$work" && apt-get download -qq fortunes)
dpkg-deb -x "$work"/fortunes_*.deb "$work/fortunes-package"
find "$work/fortunes-package" -type f -path '*/games/fortunes/*' ! -name '*.dat' ! -name '*.u8' -exec cat {} + |
	awk 'BEGIN { RS = "\n%\n" } { gsub(/[ \t\n]+/, " "); print }' | LC_ALL=C sort -u >"$work/fortunes"
node "$root/dist/models/evaluate/texts.js" --benign "package descriptions=$work/descriptions" \
	--benign "licence paragraphs=$work/licences" --benign "fortunes=$work/fortunes" --json "$out"
