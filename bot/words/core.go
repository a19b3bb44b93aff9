package words

import (
	"embed"
	"io/fs"
)

//go:embed core
var coreFiles embed.FS

// Core is the few strings that the core itself says.
func Core() (*Catalogue, error) {
	files, err := fs.Sub(coreFiles, "core")
	if err != nil {
		return nil, err
	}
	return New(files)
}
