package transcript

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// unpack reads the entries of a zip archive in memory. Nothing is written
// anywhere, so a path that leads outside is only said, not followed; what an
// entry claims as its size is not believed, only what it gives is counted.
func (in *intake) unpack(s source, depth int) {
	if isOffice(s.data) {
		in.refuse(&Error{Piece: s.name, Why: Document})
		return
	}
	z, err := zip.NewReader(bytes.NewReader(s.data), int64(len(s.data)))
	if err != nil || depth > 0 {
		in.refuse(&Error{Piece: s.name, Why: BadArchive, Err: err})
		return
	}
	if len(z.File) > maxFiles {
		in.refuse(&Error{Piece: s.name, Why: Bomb})
		return
	}
	for _, f := range z.File {
		if outside(f.Name) {
			in.faults = append(in.faults, Fault{Piece: path.Base(cleanName(f.Name)), Why: BadPath})
			continue
		}
		if f.FileInfo().IsDir() || hidden(f.Name) || !readable(f.Name) {
			continue
		}
		if !in.entry(s.name, f, depth) {
			return
		}
	}
}

// entry reads one entry; false means that the archive is given up.
func (in *intake) entry(archive string, f *zip.File, depth int) bool {
	r, err := f.Open()
	if err != nil {
		in.refuse(&Error{Piece: cleanName(f.Name), Why: BadArchive, Err: err})
		return true
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, in.left+1))
	if int64(len(data)) > in.left {
		in.refuse(&Error{Piece: archive, Why: Bomb})
		return false
	}
	if err != nil && !errors.Is(err, io.EOF) {
		in.faults = append(in.faults, Fault{Piece: cleanName(f.Name), Why: CutOff})
	}
	in.left -= int64(len(data))
	in.sort(source{name: cleanName(f.Name), data: data}, depth+1)
	return true
}

func cleanName(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// outside reports a path that would leave the folder it is unpacked into.
func outside(name string) bool {
	name = cleanName(name)
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return true
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

// readable says whether an entry can be a part of a chat, by its name. An
// export holds pictures and recordings in plenty.
func readable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".jsonl", ".ndjson", ".txt", ".csv", ".tsv", ".vtt", ".srt", ".log", ".md", ".zip", "":
		return true
	}
	return false
}

// isOffice knows Word, Excel, PowerPoint and OpenDocument files, which are
// zip archives too.
func isOffice(b []byte) bool {
	head := b[:min(len(b), 4096)]
	return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("mimetypeapplication/vnd.oasis")) ||
		bytes.Contains(head, []byte("word/document.xml")) || bytes.Contains(head, []byte("xl/workbook.xml"))
}
