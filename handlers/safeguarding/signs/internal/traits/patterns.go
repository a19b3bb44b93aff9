package traits

import (
	"cymar/handlers/safeguarding/signs/internal/lexicon"
	"cymar/text/linear"
)

// pattern is a meeting of concepts that says more than each alone: a wish and
// death, tablets and having taken them, a bridge and standing on it.
type pattern struct {
	name   string
	groups [][]lexicon.Concept // one of each group must be there …
	within int                 // … in this order, each at most so many words after the one before; 0: anywhere in the piece
}

// patternTable is the patterns in words: name, reach, and the groups, divided
// by semicolons.
var patternTable = []struct {
	name   string
	within int
	groups [][]string
}{
	{"suicide self", 0, [][]string{{"SUIC_SELF"}}},
	{"suicide other", 0, [][]string{{"SUIC_OTHER"}}},
	{"suicide word", 0, [][]string{{"SUIC_WORD"}}},
	{"not exist", 0, [][]string{{"NOTEXIST"}}},
	{"futureless", 0, [][]string{{"FUTURELESS"}}},
	{"want die", 7, [][]string{{"WANT", "THINK"}, {"DIE", "NOTEXIST", "SUIC_SELF", "SUIC_OTHER"}}},
	{"want gone", 6, [][]string{{"WANT"}, {"GONE", "FINAL", "END"}}},
	{"will die", 7, [][]string{{"WILL"}, {"DIE", "SUIC_SELF", "SUIC_OTHER"}}},
	{"better dead", 8, [][]string{{"BURDEN"}, {"DIE", "GONE", "NOTEXIST"}}},
	{"burden", 0, [][]string{{"BURDEN"}}},
	{"no point living", 7, [][]string{{"NOPOINT"}, {"LIVE", "NOTEXIST"}}},
	{"no point", 0, [][]string{{"NOPOINT"}}},
	{"tired of life", 6, [][]string{{"ENDTIRED", "END"}, {"LIVE"}}},
	{"cannot live", 6, [][]string{{"CANT", "NEG"}, {"LIVE"}}},
	{"cannot go on", 5, [][]string{{"CANT", "NEG"}, {"CONT"}}},
	{"harm", 0, [][]string{{"HARM_SELF"}}},
	{"taken pills", 8, [][]string{{"TAKE"}, {"PILLS", "ALL"}}},
	{"pills taken", 8, [][]string{{"PILLS"}, {"TAKE", "ALL", "STOCK"}}},
	{"stock pills", 8, [][]string{{"STOCK"}, {"PILLS"}}},
	{"method question", 10, [][]string{{"METHODQ"}, {"DIE", "PILLS", "SUIC_SELF", "ATEDGE", "HEIGHT", "RAIL"}}},
	{"how many pills", 8, [][]string{{"ALL", "METHODQ"}, {"PILLS"}}},
	{"means", 0, [][]string{{"ROPE", "BLADE", "GUN"}}},
	{"means in hand", 0, [][]string{{"ROPE", "BLADE", "GUN", "PILLS"}, {"STOCK", "PLAN", "NOW"}}},
	{"place", 0, [][]string{{"HEIGHT", "RAIL", "WATER"}}},
	{"place now", 0, [][]string{{"HEIGHT", "RAIL", "WATER", "VEHICLE"}, {"NOW", "ATEDGE", "FINAL", "GONE"}}},
	{"at the edge", 0, [][]string{{"ATEDGE"}}},
	{"goodbye", 0, [][]string{{"GOODBYE"}}},
	{"goodbye for good", 0, [][]string{{"GOODBYE"}, {"FINAL", "SORRY", "FUTURELESS", "DIE", "AFTERME", "LOVED"}}},
	{"note", 0, [][]string{{"NOTE"}, {"LOVED", "GOODBYE", "DISCOVERY", "AFTERME", "NOW", "AFFAIRS"}}},
	{"affairs", 0, [][]string{{"AFFAIRS"}}},
	{"affairs future", 0, [][]string{{"AFFAIRS"}, {"FUTURELESS", "GONE", "DIE", "FINAL"}}},
	{"discovery", 0, [][]string{{"DISCOVERY"}}},
	{"after me", 0, [][]string{{"AFTERME"}}},
	{"calm plan", 0, [][]string{{"CALM"}, {"PLAN", "END", "FINAL", "DIE"}}},
	{"plan end", 8, [][]string{{"PLAN"}, {"END", "DIE", "SUIC_SELF", "FINAL"}}},
	{"plan now", 0, [][]string{{"PLAN"}, {"NOW"}}},
	{"end life", 5, [][]string{{"END"}, {"LIVE", "ALL"}}},
	{"follow the dead", 0, [][]string{{"FOLLOW"}}},
	{"regret", 0, [][]string{{"REGRET"}}},
	{"voices command", 0, [][]string{{"VOICES"}, {"DIE", "SUIC_SELF", "SUIC_OTHER", "HEIGHT", "HARM_SELF", "BLADE", "ROPE"}}},
	{"hidden", 0, [][]string{{"HIDE"}, {"DIE", "SUIC_SELF", "SUIC_WORD", "PLAN", "HARM_SELF", "NOTEXIST"}}},
	{"said die", 10, [][]string{{"SAID"}, {"DIE", "SUIC_OTHER", "SUIC_WORD", "NOTEXIST", "FUTURELESS", "END", "CONT"}}},
	{"other harm", 8, [][]string{{"HE", "KIN", "CASE", "SOMEONE"}, {"HARM_SELF", "PILLS", "ROPE", "BLADE", "GUN"}}},
	{"other place", 8, [][]string{{"HE", "KIN", "CASE", "SOMEONE"}, {"HEIGHT", "RAIL", "WATER"}}},
	{"unreachable", 0, [][]string{{"UNREACH"}, {"HE", "KIN", "CASE", "GOODBYE"}}},
	{"low", 0, [][]string{{"LOW"}}},
	{"bereaved", 0, [][]string{{"LOST"}}},
	{"staff abuse", 10, [][]string{{"STAFF"}, {"ABUSE"}}},
	{"abuse", 0, [][]string{{"ABUSE"}}},
	{"child abuse", 0, [][]string{{"CHILD"}, {"ABUSE"}}},
	{"worried safeguarding", 0, [][]string{{"WORRIED", "URGENT"}, {"ABUSE", "SAFEG"}}},
}

// makePatterns looks the table's concepts up.
func makePatterns(lex *lexicon.Lexicon) ([]pattern, error) {
	out := make([]pattern, 0, len(patternTable))
	for _, row := range patternTable {
		p := pattern{name: row.name, within: row.within}
		for _, names := range row.groups {
			group, err := lookUp(lex, names)
			if err != nil {
				return nil, err
			}
			p.groups = append(p.groups, group)
		}
		out = append(out, p)
	}
	return out, nil
}

var (
	idPattern     = linear.ID("p:")
	idPatternKind = linear.ID("pk:")
)

// ofPatterns: each pattern that is met, alone, with its subject and with the
// kind of talk that it stands in.
func (d *describer) ofPatterns(subject, kind string) {
	where := d.places()
	for _, p := range d.r.patterns {
		quoted, ok := p.met(where, d.piece.items)
		if !ok {
			continue
		}
		id := linear.Extend(idPattern, p.name)
		if quoted {
			id = linear.Extend(id, "\"")
		}
		d.add(id, patternWeight*0.6)
		id = linear.Extend(linear.Extend(id, "/"), subject)
		d.add(id, patternWeight*0.8)
		full := linear.Extend(linear.Extend(id, ":"), kind)
		d.add(full, patternWeight)
		if clear(d.piece.frames) {
			d.add(linear.Extend(id, " clear"), patternWeight*1.3)
		}
		kindOnly := linear.Extend(idPatternKind, p.name)
		d.add(linear.Extend(linear.Extend(kindOnly, ":"), kind), patternWeight*0.6)
	}
}

// clear: nothing in the piece takes the edge off it.
func clear(f frames) bool {
	return f&(practice|training|policy|scenario|tech|leave|laugh|past|wellNow|people|supporting|idiom|meeting|thanks|leisure|food) == 0
}

// places are the items by concept.
func (d *describer) places() [][]int32 {
	where := make([][]int32, d.r.lex.Len())
	for i, it := range d.piece.items {
		for _, c := range it.concepts {
			where[c] = append(where[c], int32(i))
		}
	}
	return where
}

// met says whether a pattern occurs, and whether all of it is quoted.
func (p *pattern) met(where [][]int32, items []item) (quoted, ok bool) {
	if p.within > 0 {
		return p.follow(where, items, 0, -1, true)
	}
	quoted = true
	for _, group := range p.groups {
		found := false
		for _, c := range group {
			for _, i := range where[c] {
				found = true
				quoted = quoted && items[i].quoted
			}
		}
		if !found {
			return false, false
		}
	}
	return quoted, true
}

// follow looks for the groups from g on, after the item at last.
func (p *pattern) follow(where [][]int32, items []item, g, last int, allQuoted bool) (quoted, ok bool) {
	if g == len(p.groups) {
		return allQuoted, true
	}
	for _, c := range p.groups[g] {
		for _, i := range where[c] {
			if last >= 0 && (int(i) <= last || items[i].at-(items[last].at+items[last].len) >= p.within) {
				continue
			}
			if q, ok := p.follow(where, items, g+1, int(i), allQuoted && items[i].quoted); ok {
				return q, true
			}
		}
	}
	return false, false
}
