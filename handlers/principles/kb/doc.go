// Package kb is the knowledge base: curated entries about peer support, and
// the finder that says which of them a question is about, how sure it is, and
// why.
//
// It is pure: no clock, no storage, nothing of the bot imported. The entries
// are Markdown files with front matter, ours embedded, a deployer's in a
// folder that adds to or overrides them. What the finder learned from our
// entries is trained at build time and embedded too; entries that it was not
// trained on are found through their nearest examples.
//
//	go generate ./handlers/principles/kb   # after changing entries, lexicon or strays
package kb
