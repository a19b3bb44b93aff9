// Package docs holds the documents that are generated, with the tests that
// fail when one of them is out of date. `make generate` writes them again.
package docs

//go:generate go test -run UpToDate . -update
