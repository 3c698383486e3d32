#!/bin/sh
# Measures the models on benign pictures that anyone on Debian 12 can install:
#   apt-get install lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 gnome-backgrounds mate-backgrounds libjxl-testdata \
#     forensics-samples-files
# Usage: sh models/evaluate/benign-corpora.sh [FOLDER FOR benign.json AND benign.html]   (after npm run build)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(cd "${1:-$root/models/evaluate/results}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

arguments=
for package in lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 gnome-backgrounds mate-backgrounds libjxl-testdata forensics-samples-files; do
	dpkg-query -L "$package" >"$work/list" 2>/dev/null || {
		echo "benign-corpora: $package is not installed" >&2
		exit 1
	}
	mkdir "$work/$package"
	number=0
	while read -r file; do
		case $file in
		*.jpg | *.jpeg | *.png | *.gif | *.webp | *.ppm | *.pgm | *.pam | *.jxl | *.svg | *.tif | *.tiff) ;;
		*) continue ;;
		esac
		[ -f "$file" ] && [ ! -L "$file" ] || continue
		number=$((number + 1))
		cp "$file" "$work/$package/$number-$(basename "$file")"
	done <"$work/list"
	arguments="$arguments --benign $package=$work/$package"
done
# shellcheck disable=SC2086 # one word per argument is meant
node "$root/dist/models/evaluate/main.js" $arguments --json "$out/benign.json" --page "$out/benign.html"
