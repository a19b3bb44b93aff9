#!/usr/bin/env bash
# Stands in for go: runs the tests, shows what go shows, and fails when a test
# was skipped. Other go commands pass through.
set -uo pipefail
if [ "${1:-}" != test ]; then exec go "$@"; fi
shift
out=$(mktemp)
trap 'rm -f "$out"' EXIT
go test -v "$@" >"$out" 2>&1
status=$?
grep -E '^(ok|FAIL|panic|---? FAIL|\?)|^\s+--- FAIL' "$out" || true
if [ $status -ne 0 ]; then cat "$out"; exit $status; fi
if grep -E '^\s*--- SKIP' "$out"; then
	echo "tests were skipped, and that is not allowed here" >&2
	exit 1
fi
passed=$(grep -cE '^\s*--- PASS' "$out")
echo "$passed passed, 0 failed, 0 skipped"
