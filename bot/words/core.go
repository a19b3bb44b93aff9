package words

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed core
var coreFiles embed.FS

// Core is the few strings that the core itself says.
func Core() (*Catalogue, error) { return In(coreFiles, "core") }

// In reads the two catalogues that stand in a folder of files.
func In(files fs.FS, folder string) (*Catalogue, error) {
	sub, err := fs.Sub(files, folder)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	return New(sub)
}
