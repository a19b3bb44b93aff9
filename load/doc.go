// Package load measures the bot under a storm of reminders while people ask
// questions. It is made of tests only.
//
// `go test ./load` is a short form that checks what must hold on any machine:
// every reminder arrives once and every question is answered. `make load` is
// the long one and writes docs/scaling.md; `make load PEOPLE=1000000` enrols a
// million.
package load
