package transcript

import (
	"strings"
	"testing"
)

func TestEveryEncodingBecomesPlainText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want, encoding string }{
		"ASCII":                    {"hello\nthere", "hello\nthere", encUTF8},
		"UTF-8":                    {"Siân ŵ 👍", "Siân ŵ 👍", encUTF8},
		"UTF-8 with a mark":        {"\ufeffSiân", "Siân", encUTF8},
		"UTF-8, cut off":           {"Siân \xf0\x9f\x91", "Siân ", encUTF8},
		"Windows-1252":             {"Si\xe2n said \x93yes\x94 \x96 don\x92t", "Siân said “yes” – don’t", enc1252},
		"Windows-1252, old Mac":    {"caf\xe9\rtwo", "café\ntwo", enc1252},
		"UTF-16 little":            {string(utf16Bytes("Siân ŵ 👍 and more", false)), "Siân ŵ 👍 and more", encUTF16},
		"UTF-16 big":               {string(utf16Bytes("Siân ŵ 👍 and more", true)), "Siân ŵ 👍 and more", encUTF16},
		"UTF-16 without a mark":    {string(utf16Bytes("hello there everybody", false)[2:]), "hello there everybody", encUTF16},
		"UTF-16 big, no mark":      {string(utf16Bytes("hello there everybody", true)[2:]), "hello there everybody", encUTF16},
		"line ends of all kinds":   {"a\r\nb\rc\u2028d\r\r\ne", "a\nb\nc\nd\ne", encUTF8},
		"spaces of all kinds":      {"a\u00a0b\u202fc\u2007d", "a b c d", encUTF8},
		"marks that nobody sees":   {"a\u200bb\u200e\u202ec\u202c\u2066d\u2069\u00ade\u2060f", "abcdef", encUTF8},
		"controls":                 {"a\x1b[31mb\x07c", "a[31mbc", encUTF8},
		"the joiner in an emoji":   {"👩\u200d🚀", "👩\u200d🚀", encUTF8},
		"a flag made of tags":      {"🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", encUTF8},
		"tabs stay":                {"a\tb", "a\tb", encUTF8},
		"mangled and mended":       {"donâ€™t\nÃ©tÃ©\nplain", "don’t\nété\nplain", encUTF8},
		"nothing":                  {"", "", encUTF8},
		"one odd byte":             {"a\xffb", "aÿb", enc1252},
		"an undefined byte of old": {"a\x81\xe9b", "aéb", enc1252},
	} {
		got, encoding, ok := decode([]byte(c.in))
		if !ok || got != c.want && strings.ReplaceAll(got, "\ufffd", "") != c.want || encoding != c.encoding {
			t.Errorf("%s: %q %s %v, want %q %s", name, got, encoding, ok, c.want, c.encoding)
		}
	}
}

func TestBytesThatAreNoTextAreRefused(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{
		"noise":     noise(2000),
		"zeros":     make([]byte, 500),
		"a program": []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00"),
	} {
		if got, _, ok := decode(b); ok {
			t.Errorf("%s became %.40q", name, got)
		}
	}
}

func TestKindsAreToldByWhatIsInAFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   string
		want kind
	}{
		"text":                    {"hello", kindText},
		"nothing":                 {" \n", kindEmpty},
		"an empty list":           {"[]", kindNothing},
		"an empty object":         {" {} ", kindNothing},
		"brackets of a chat":      {"[14:03] Ann\nhello", kindText},
		"a brace that is none":    {"{hello", kindText},
		"our form":                {`{"id":"m1","ts":"2026-03-12T14:00:00Z","author":"Ann","text":"x"}`, kindJSON},
		"a list of our form":      {`[{"ts":"x","author":"Ann"}]`, kindJSON},
		"a Graph page":            {`{"@odata.context":"x","value":[{"id":"1"}]}`, kindGraph},
		"a Graph message":         {`{"messageType":"message","createdDateTime":"x"}`, kindGraph},
		"a Graph list":            {`[{"id":"1","createdDateTime":"x","body":{}}]`, kindGraph},
		"a day of Slack":          {`[{"type":"message","ts":"1.0","user":"U1","text":"x"}]`, kindSlack},
		"Slack's users":           {`[{"id":"U1","team_id":"T","profile":{"real_name":"x"}}]`, kindSlackUsers},
		"Slack's channels":        {`[{"id":"C1","name":"x","members":[]}]`, kindSlackChannels},
		"another object":          {`{"a":{"b":[1,2,{"c":null}]}}`, kindJSON},
		"a number":                {"7", kindText},
		"a mark before":           {"\ufeff[]", kindNothing},
		"a zip":                   {"PK\x03\x04", kindZip},
		"a PNG":                   {"\x89PNG", kindPicture},
		"a bitmap":                {"BM\x00\x00", kindPicture},
		"a drawing":               {"<svg xmlns=", kindPicture},
		"a sound":                 {"ID3\x04", kindMedia},
		"a recording of a screen": {"\x1aE\xdf\xa3", kindMedia},
		"another kind of archive": {"Rar!\x1a", kindArchive},
	} {
		if got := sniff([]byte(c.in)); got != c.want {
			t.Errorf("%s is of kind %d, want %d", name, got, c.want)
		}
	}
}

func TestKeysAreGatheredAtAnyDepth(t *testing.T) {
	t.Parallel()
	keys, ok := keysOf([]byte(`{"a":{"b":[{"c":"d"},"e"]},"f":"g","h":[["i"]],"j":{"k":null}}`), 100)
	if !ok {
		t.Error("not well-formed")
	}
	for _, k := range []string{"a", "b", "c", "f", "h", "j", "k"} {
		if !keys[k] {
			t.Errorf("%s is missing", k)
		}
	}
	for _, v := range []string{"d", "e", "g", "i"} {
		if keys[v] {
			t.Errorf("the value %s counts as a key", v)
		}
	}
	if keys, _ := keysOf([]byte(`{"a":1,"b":2}`), 2); keys["b"] {
		t.Error("more tokens were read than asked for")
	}
}

func TestPathsAreJudgedWithoutFollowingThem(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a.txt": false, "a/b.txt": false, "a..b/c.txt": false, "...": false, "../a": true, "a/../b": true, `a\..\b`: true, "/a": true, `\a`: true, "C:/a": true, "": false,
	} {
		if got := outside(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	for name, want := range map[string]bool{"a.json": true, "a.TXT": true, "a": true, "a.png": false, "a.mp4": false, "a.docx": false, "a.vtt": true, "a.zip": true} {
		if got := readable(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	for name, want := range map[string]bool{".DS_Store": true, "a/.git": true, "__MACOSX/x": true, "a/Thumbs.db": true, "a.txt": false, "a/b.txt": false} {
		if got := hidden(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
