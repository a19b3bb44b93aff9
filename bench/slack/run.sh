#!/bin/sh
# Measures the Slack adapter beside a Bolt for JavaScript app, in one run on
# this machine. Needs redis-server, node and npm. Arguments go to the meter:
# bench/slack/run.sh -n 20000 -c 32
set -eu
cd "$(dirname "$0")"
npm ci --prefix bolt --silent --ignore-scripts --no-audit --no-fund >/dev/null 2>&1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
go build -o "$out/subject" ./subject
go build -o "$out/meter" .
"$out/meter" "$@" "cymar=$out/subject" "bolt=node bolt/app.js"
