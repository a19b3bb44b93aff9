// Package faults breaks the bot in every way that is named on
// docs/reliability.md and counts what was lost and what came twice. It is made
// of tests only, and of no use to the program.
//
// `go test ./faults` is the short form, which every change has to pass; `make
// faults` is the long one, with ten times the deliveries, and writes the page.
// It needs Linux and a redis-server on PATH: it stops processes in the middle
// of their work and limits the size of their files.
package faults
