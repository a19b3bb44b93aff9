package kb

import "strings"

const examplesField = "\nexamples:\n"

// quickExamples takes the plain examples out of a front matter, because they
// are nine tenths of it and YAML is slow. Their lines are left blank, so that
// the numbers of the others hold; examples that are not plain stay.
func quickExamples(src string) (rest string, quick map[string][]item) {
	before, block, ok := strings.Cut(src, examplesField)
	if !ok {
		return src, nil
	}
	first := headLine + strings.Count(before, "\n") + 2
	lines := strings.Split(block, "\n")
	quick = make(map[string][]item)
	lang := ""
	for i, l := range lines {
		text, isItem := strings.CutPrefix(l, "    - ")
		switch {
		case l == "  en:" || l == "  cy:":
			lang = l[2:4]
		case isItem && lang != "":
			if plainScalar(text) && !continued(lines, i) {
				quick[lang] = append(quick[lang], item{text, first + i})
				lines[i] = ""
			}
		case l != "" && !strings.HasPrefix(l, "   "):
			lang = "" // another language or field
		}
	}
	return before + examplesField + strings.Join(lines, "\n"), quick
}

// plainScalar says whether YAML takes s for just this text: it begins with a
// letter or digit and holds nothing that YAML would read as more.
func plainScalar(s string) bool {
	if s == "" || s == "null" || strings.TrimSpace(s) != s {
		return false
	}
	c := s[0] | 0x20
	if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
		return false
	}
	return !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && !strings.ContainsAny(s, "\t\\")
}

// continued says whether the item on line i goes on on the next.
func continued(lines []string, i int) bool {
	if i+1 >= len(lines) {
		return false
	}
	next := lines[i+1]
	return strings.HasPrefix(next, "    ") && !strings.HasPrefix(next, "    - ")
}
