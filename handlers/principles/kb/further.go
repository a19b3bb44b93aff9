package kb

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed data/further.txt
var furtherText string

// furtherQuestion is an example that is kept apart from its entry.
type furtherQuestion struct{ id, question string }

// parseFurther reads the file of further examples; see the comments at its
// top.
func parseFurther(file, src string, known map[string]bool) ([]furtherQuestion, error) {
	var out []furtherQuestion
	var faults Faults
	id := ""
	for i, row := range strings.Split(src, "\n") {
		row = strings.TrimSpace(row)
		switch {
		case row == "" || row[0] == '#':
		case row[0] == '[' && row[len(row)-1] == ']':
			id = row[1 : len(row)-1]
			if !known[id] {
				faults = append(faults, Fault{file, i + 1, fmt.Sprintf("there is no entry %q", id)})
			}
		case id == "":
			faults = append(faults, Fault{file, i + 1, "a question before the first [id]"})
		default:
			out = append(out, furtherQuestion{id, row})
		}
	}
	return out, faults.orNil()
}
