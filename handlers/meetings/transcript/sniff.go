package transcript

import (
	"bytes"
	"encoding/json"
)

// kind is what a file is, as far as its bytes tell.
type kind int

const (
	kindText kind = iota
	kindEmpty
	kindNothing
	kindJSON
	kindGraph
	kindSlack
	kindSlackUsers
	kindSlackChannels
	kindZip
	kindPicture
	kindDocument
	kindMedia
	kindArchive
)

func (k kind) reason() Reason {
	switch k {
	case kindEmpty:
		return Empty
	case kindPicture:
		return Picture
	case kindDocument:
		return Document
	case kindMedia:
		return Media
	case kindArchive:
		return BadArchive
	}
	return NotAChat
}

// magic numbers of what people drop by mistake.
var magic = []struct {
	at   int
	text string
	kind kind
}{
	{0, "\x89PNG", kindPicture}, {0, "\xff\xd8\xff", kindPicture}, {0, "GIF8", kindPicture}, {0, "BM\x00", kindPicture},
	{8, "WEBP", kindPicture}, {4, "ftyphei", kindPicture}, {4, "ftypmif1", kindPicture}, {0, "II*\x00", kindPicture},
	{0, "MM\x00*", kindPicture}, {0, "<svg", kindPicture},
	{0, "%PDF", kindDocument}, {0, "\xd0\xcf\x11\xe0", kindDocument}, {0, "{\\rtf", kindDocument},
	{4, "ftyp", kindMedia}, {0, "ID3", kindMedia}, {0, "OggS", kindMedia}, {0, "RIFF", kindMedia}, {0, "\x1aE\xdf\xa3", kindMedia},
	{0, "\xff\xfb", kindMedia}, {0, "\xff\xf3", kindMedia},
	{0, "7z\xbc\xaf", kindArchive}, {0, "Rar!", kindArchive}, {0, "\x1f\x8b", kindArchive}, {0, "BZh", kindArchive},
	{0, "\xfd7zXZ", kindArchive},
	{0, "PK\x03\x04", kindZip}, {0, "PK\x05\x06", kindZip},
}

func sniff(b []byte) kind {
	for _, m := range magic {
		if len(b) >= m.at+len(m.text) && string(b[m.at:m.at+len(m.text)]) == m.text {
			return m.kind
		}
	}
	head := bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	switch {
	case len(head) == 0:
		return kindEmpty
	case string(head) == "[]" || string(head) == "{}":
		return kindNothing
	case head[0] == '{' || head[0] == '[' && len(head) > 1:
		return sniffJSON(head)
	}
	return kindText
}

// sniffJSON tells the exports apart by the keys near their beginning.
func sniffJSON(b []byte) kind {
	keys, wellFormed := keysOf(b, 400)
	has := func(names ...string) bool {
		for _, n := range names {
			if !keys[n] {
				return false
			}
		}
		return true
	}
	switch {
	case has("messageType", "createdDateTime") || has("createdDateTime", "body") || has("@odata.context", "value"):
		return kindGraph
	case has("ts", "author"):
		return kindJSON
	case has("ts", "type") || has("ts", "user"):
		return kindSlack
	case has("profile", "id") || has("real_name", "id"):
		return kindSlackUsers
	case has("members", "name") || has("is_archived", "name"):
		return kindSlackChannels
	case wellFormed && len(keys) > 0:
		return kindJSON
	}
	return kindText // "[14:03] Name" begins with a bracket too
}

// keysOf collects the keys among the first tokens.
func keysOf(b []byte, tokens int) (keys map[string]bool, wellFormed bool) {
	keys = map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(b))
	type level struct{ object, value bool }
	var stack []level
	for range tokens {
		tok, err := dec.Token()
		if err != nil {
			return keys, len(keys) > 0
		}
		top := len(stack) - 1
		if d, ok := tok.(json.Delim); ok && (d == '}' || d == ']') {
			stack = stack[:top]
			continue
		}
		if top >= 0 && stack[top].object {
			if s, ok := tok.(string); ok && !stack[top].value {
				keys[s] = true
				stack[top].value = true
				continue
			}
			stack[top].value = false
		}
		if d, ok := tok.(json.Delim); ok {
			stack = append(stack, level{object: d == '{'})
		}
	}
	return keys, true
}
