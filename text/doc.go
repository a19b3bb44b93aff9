// Package text turns what people type in a chat into words that can be
// compared: one spelling of quotes, dashes and case, no chat mark-up, no
// invisible characters, Welsh with and without accents or mutations.
//
// It is pure: no clock, no storage, nothing of ours imported. Every function
// takes any bytes at all, and the work is bounded however long the input is.
package text
