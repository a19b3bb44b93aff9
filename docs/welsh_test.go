package docs_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"cymar/handlers/principles/kb"
)

const welshIntro = `# Welsh that a native speaker has yet to read

Generated; ` + "`make generate`" + ` writes it again, and a test fails when it is out of date.

What is marked *no* has not been read by somebody whose first language is Welsh. People are told so: an answer in Welsh that
nobody has read yet says so at its foot. If you can read some of it, please do. Set ` + "`reviewed: yes`" + ` in a string's description, or in an entry's
front matter, with the change.

`

func TestTheListOfUnreadWelshIsUpToDate(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	w.WriteString(welshIntro + "## Strings\n\n| catalogue | strings | read |\n| --- | --- | --- |\n")
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "/cy.yaml") {
			return err
		}
		data, err := os.ReadFile("../" + path)
		if err != nil {
			return err
		}
		no, yes := strings.Count(string(data), "reviewed: no"), strings.Count(string(data), "reviewed: yes")
		fmt.Fprintf(&w, "| `%s` | %d | %d |\n", path, no+yes, yes)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := kb.Read(kb.Embedded(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w.WriteString("\n## Knowledge base\n\n| entry | read |\n| --- | --- |\n")
	for _, e := range entries {
		read := "no"
		if e.WelshReviewed {
			read = "yes"
		}
		fmt.Fprintf(&w, "| `%s` | %s |\n", e.ID, read)
	}
	current(t, "welsh.md", w.String())
}
