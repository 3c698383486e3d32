#!/bin/sh
# Measures the models on benign pictures out of Debian packages (bookworm), which are fetched with apt-get and unpacked, not installed.
# Of a large package every n-th picture is taken, so that no corpus outweighs the others.
# Usage: sh models/evaluate/benign-corpora.sh [FOLDER FOR benign.json AND benign.html]   (after npm run build)
#
# BENIGN_CORPORA   where packages are kept between runs, about 1 GB (default: breakwater/benign in the user's cache folder)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(cd "${1:-$root/models/evaluate/results}" && pwd)
cache=${BENIGN_CORPORA:-${XDG_CACHE_HOME:-$HOME/.cache}/breakwater/benign}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# kind of most of its pictures, package, folder in it, pictures at most
corpora='
photograph lomiri-wallpapers-16.04 usr/share/backgrounds 300
photograph lomiri-wallpapers-20.04 usr/share/backgrounds 300
photograph mate-backgrounds usr/share/backgrounds 300
photograph ukui-wallpapers usr/share/backgrounds 300
photograph forensics-samples-files usr/share 300
photograph opencv-doc usr/share/doc/opencv-doc/examples/data 300
photograph python3-skimage usr/lib 300
photograph python3-sklearn usr/lib 300
photograph tuxpaint-stamps-default usr/share/tuxpaint/stamps/animals 300
photograph tuxpaint-stamps-default usr/share/tuxpaint/stamps/food 300
photograph tuxpaint-stamps-default usr/share/tuxpaint/stamps/plants 300
photograph tuxpaint-stamps-default usr/share/tuxpaint/stamps/clothes 300
photograph tuxpaint-stamps-default usr/share/tuxpaint/stamps/household 300
drawing gnome-backgrounds usr/share/backgrounds 300
drawing plasma-workspace-wallpapers usr/share/wallpapers 300
drawing wesnoth-1.16-data usr/share/games/wesnoth/1.16/data/core/images/portraits 300
drawing openclipart-png usr/share/openclipart/png/people 300
drawing openclipart-png usr/share/openclipart/png/animals 150
drawing openclipart-png usr/share/openclipart/png/food 150
drawing ktuberling-data usr/share 300
icon oxygen-icon-theme usr/share/icons/oxygen/base/128x128 200
screenshot gimp-help-en usr/share/gimp 300
decoder-test libjxl-testdata usr/share 300
'

# Unpacks a package of Debian, once.
unpack() {
	[ -d "$cache/$1" ] && return
	mkdir -p "$cache"
	(cd "$work" && apt-get download -qq "$1") || {
		echo "benign-corpora: $1 cannot be fetched; is this Debian 12, and has apt-get update been run?" >&2
		exit 1
	}
	dpkg-deb -x "$work/$1"_*.deb "$cache/.$1"
	rm "$work/$1"_*.deb
	mv "$cache/.$1" "$cache/$1"
}

arguments=
while read -r kind package folder most; do
	[ -n "$kind" ] || continue
	unpack "$package"
	name=$package
	[ "$package" = "${package#tuxpaint}" ] && [ "$package" = "${package#openclipart}" ] || name=$package-${folder##*/}
	mkdir -p "$work/$kind/$name"
	find "$cache/$package/$folder" -type f | LC_ALL=C sort |
		grep -iE '\.(jpe?g|png|gif|webp|p[pgn]m|pam|jxl|svg|tiff?)$' | grep -vE 'wallpapers/.*/screenshot\.' >"$work/list"
	step=$((($(wc -l <"$work/list") + most - 1) / most))
	awk -v step="$step" 'NR % step == 0' "$work/list" | {
		number=0
		while read -r file; do
			number=$((number + 1))
			ln -s "$file" "$work/$kind/$name/$number-$(basename "$file")"
		done
	}
	arguments="$arguments --benign $kind/$name=$work/$kind/$name"
done <<CORPORA
$corpora
CORPORA
# shellcheck disable=SC2086 # one word per argument is meant
node "$root/dist/models/evaluate/main.js" $arguments --json "$out/benign.json" --page "$out/benign.html"
