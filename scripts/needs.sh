#!/bin/sh
# Installs what the tests need on Debian or Ubuntu where that is allowed, and
# says in plain words what will be skipped where it is not.
set -u

want() { # want COMMAND PACKAGE WHAT-IS-SKIPPED
	command -v "$1" >/dev/null 2>&1 && return
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		if [ -z "${updated:-}" ]; then apt-get update -qq >/dev/null 2>&1; updated=1; fi
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1
	fi
	command -v "$1" >/dev/null 2>&1 && return
	echo "Skipping $3: there is no $1. Install it with: apt-get install $2"
}

want redis-server redis-server "the tests on a real Redis"
want chromium chromium "the tests in a real browser"
want soffice libreoffice-writer-nogui "the test that opens a DOCX in LibreOffice"
want python3 python3 "the measures on the evaluation sets"
want node nodejs "the tests against what others wrote"
want npm npm "the tests against what others wrote"

# What tests hold ours against comes from npm, at the versions of the lock
# files. Nothing of it is in the product.
for lock in adapters/*/testdata/npm/package-lock.json; do
	dir=$(dirname "$lock")
	[ -f "$lock" ] && command -v npm >/dev/null 2>&1 || continue
	[ "$dir/node_modules/.package-lock.json" -nt "$lock" ] && continue
	npm ci --prefix "$dir" --silent --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
		echo "Skipping the tests that need $dir: npm could not install it."
done
exit 0
