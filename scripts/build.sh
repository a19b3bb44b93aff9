#!/usr/bin/env bash
# Builds the binary as the image has it: static, stripped, its version stamped.
# Usage: scripts/build.sh out [version]. The Dockerfile and CI both call it.
set -euo pipefail
out=$1
version=${2:-$(git describe --tags --always 2>/dev/null || echo unknown)}
CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w -X main.stamped=$version" -o "$out" .
most=$((48 * 1024 * 1024)) # 43 MiB when this was written; it may only fall
size=$(wc -c <"$out")
if [ "$size" -gt "$most" ]; then
	echo "$out has $size bytes; the image's binary may have $most" >&2
	exit 1
fi
echo "$out: $size bytes, $("$out" version)"
