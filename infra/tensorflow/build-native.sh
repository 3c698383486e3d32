#!/bin/sh
# Builds @tensorflow/tfjs-node where the host of its prebuilt library cannot be reached, and puts it into this project's
# node_modules. The library comes from the wheel tensorflow-cpu 2.15.1, the rest from npm; both are pinned by checksum.
#
#   sh infra/tensorflow/build-native.sh [PROJECT]
#
# PROJECT            folder whose node_modules receives the package (default: this one)
# TENSORFLOW_WHEEL   a wheel already at hand; otherwise pip downloads it from the index it is configured with
# TENSORFLOW_CACHE   where the wheel is kept between runs (default: breakwater/tensorflow in the user's cache folder)
#
# Needs node 20 or 22, npm, python3 with pip, make and a C++ compiler, 1.5 GB of disk; Linux on x86-64. Does nothing where
# the package works already. package.json and the lock file are left as they are; `npm ci` removes what is built here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "${1:-$here/../..}" && pwd)
cache=${TENSORFLOW_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/breakwater/tensorflow}
target=$project/node_modules/@tensorflow/tfjs-node
wheel_name=tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl
wheel_sha256=54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26

fail() {
	echo "build-native: $1" >&2
	exit 1
}

# Prints the version of TensorFlow that the package in $1 runs, or fails.
probe() {
	TF_CPP_MIN_LOG_LEVEL=3 node -e '
		const tf = require(process.argv[1]);
		const three = tf.tidy(() => tf.scalar(1).add(2).dataSync()[0]);
		if (tf.getBackend() !== "tensorflow" || three !== 3) process.exit(1);
		console.log(tf.backend().binding.TF_Version);
	' "$1" 2>/dev/null
}

if version=$(probe "$target"); then
	echo "build-native: tfjs-node works already, on TensorFlow $version"
	exit 0
fi

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "only Linux on x86-64 is covered"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) > 22 ? 1 : 0)' ||
	fail "tfjs-node does not run on Node 23 and later; use 20 or 22"
for tool in npm python3 make c++; do
	command -v "$tool" >/dev/null || fail "$tool is needed"
done

wheel=${TENSORFLOW_WHEEL:-$cache/$wheel_name}
matches() {
	[ -f "$1" ] && echo "$wheel_sha256  $1" | sha256sum -c --status -
}
if ! matches "$wheel"; then
	[ -z "${TENSORFLOW_WHEEL:-}" ] || fail "the given wheel is not $wheel_name (its SHA-256 differs)"
	mkdir -p "$cache"
	python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.11 --implementation cp --abi cp311 \
		--platform manylinux2014_x86_64 --dest "$cache" tensorflow-cpu==2.15.1
	matches "$wheel" || fail "the wheel that was downloaded is not the one this script was made for (its SHA-256 differs)"
fi

# Built beside the target, so that the last step is a rename.
mkdir -p "$project/node_modules/@tensorflow"
staging=$(mktemp -d "$project/node_modules/@tensorflow/.build-native-XXXXXX")
trap 'rm -rf "$staging"' EXIT INT TERM

cp "$here/package.json" "$here/package-lock.json" "$staging/"
(cd "$staging" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
package=$staging/node_modules/@tensorflow/tfjs-node

python3 - "$wheel" "$package/deps" <<'PYTHON'
import os, shutil, sys, zipfile

wheel, deps = sys.argv[1:]
libraries = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
headers = ("tensorflow/include/tensorflow/", "tensorflow/include/tsl/")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(headers) and not name.endswith("/"):
            path = os.path.join(deps, "include", name[len("tensorflow/include/"):])
        elif name in {f"tensorflow/{library}" for library in libraries}:
            path = os.path.join(deps, "lib", os.path.basename(name))
        else:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(name) as source, open(path, "wb") as copy:
            shutil.copyfileobj(source, copy)
lib = os.path.join(deps, "lib")
os.symlink("libtensorflow_cc.so.2", os.path.join(lib, "libtensorflow.so.2"))
os.symlink("libtensorflow_cc.so.2", os.path.join(lib, "libtensorflow.so"))
os.symlink("libtensorflow_framework.so.2", os.path.join(lib, "libtensorflow_framework.so"))
PYTHON

# Node's own headers, where they are installed with it, spare a download.
prefix=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
nodedir=
for candidate in "$prefix" /usr; do
	if [ -z "$nodedir" ] && grep -q "define NODE_MAJOR_VERSION $(node -p 'process.versions.node.split(".")[0]')$" \
		"$candidate/include/node/node_version.h" 2>/dev/null; then
		nodedir=--nodedir=$candidate
	fi
done
(cd "$package" && npx --no-install node-pre-gyp install --build-from-source $nodedir >"$staging/build.log" 2>&1) || {
	tail -40 "$staging/build.log" >&2
	fail "the binding could not be compiled"
}
rm -rf "$package/build" "$package/deps/include"

# What the package depends on goes inside it: the project's own tree keeps its versions.
mv "$package" "$staging/built"
mv "$staging/node_modules" "$staging/built/node_modules"
version=$(probe "$staging/built") || fail "the package was built but does not run"
rm -rf "$target"
mv "$staging/built" "$target"
echo "build-native: tfjs-node $(node -p "require('$target/package.json').version") built, on TensorFlow $version"
