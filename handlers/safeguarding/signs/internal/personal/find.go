package personal

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// around is the text before from and after to, each at most n bytes and cut
// between characters.
func around(s string, from, to, n int) (before, after string) {
	start, end := max(0, from-n), min(len(s), to+n)
	for start < from && !utf8.RuneStart(s[start]) {
		start++
	}
	for end > to && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[start:from], s[to:end]
}

func (f *Finder) findNumber(s string) Kind {
	switch {
	case f.nhsNumber(s):
		return NHSNumber
	case f.insuranceSaid.MatchString(s), f.insurance.MatchString(s) && f.validInsurance(s):
		return Insurance
	case f.recordNumber(s):
		return RecordNumber
	case f.birthDate(s):
		return BirthDate
	}
	return None
}

// nhsNumber wants ten digits that pass the check, written 3-3-4 or beside a
// word that says what they are: one ten-digit number in eleven passes by
// chance.
func (f *Finder) nhsNumber(s string) bool {
	for _, m := range f.tenDigits.FindAllStringSubmatchIndex(s, most) {
		if !standsAlone(s, m[0], m[1]) || !checkDigit(s[m[0]:m[1]]) {
			continue
		}
		spaced := m[3]-m[2] == 1 && s[m[2]:m[3]] == s[m[4]:m[5]]
		before, after := around(s, m[0], m[1], 40)
		near := f.health.MatchString(before) || f.health.MatchString(after)
		other := f.notNumber.MatchString(lastWords(before, 4))
		if near && !other || spaced && !other || strings.Contains(strings.ToLower(lastWords(before, 4)), "nhs") {
			return true
		}
	}
	return false
}

// lastWords are the last n words of a text.
func lastWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[max(0, len(words)-n):], " ")
}

// standsAlone says that digits are not part of a longer number.
func standsAlone(s string, from, to int) bool {
	before, after := strings.TrimRight(s[:from], " -"), strings.TrimLeft(s[to:], " -")
	if from > 0 && (isWordByte(s[from-1]) || strings.ContainsAny(s[from-1:from], ".+/")) || to < len(s) && isWordByte(s[to]) {
		return false
	}
	if n := len(before); n > 0 && '0' <= before[n-1] && before[n-1] <= '9' {
		return false
	}
	return after == "" || after[0] < '0' || after[0] > '9'
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

// checkDigit is the check of NHS numbers: weights 10 to 2, modulus 11.
func checkDigit(s string) bool {
	var d [10]int
	n := 0
	for i := 0; i < len(s); i++ {
		if '0' <= s[i] && s[i] <= '9' {
			d[n] = int(s[i] - '0')
			n++
		}
	}
	sum, same := 0, true
	for i := range 9 {
		sum += (10 - i) * d[i]
		same = same && d[i] == d[0]
	}
	check := (11 - sum%11) % 11
	return !same && check != 10 && check == d[9]
}

func (f *Finder) validInsurance(s string) bool {
	for _, m := range f.insurance.FindAllString(s, most) {
		switch strings.ToUpper(m[:2]) {
		case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
			continue
		}
		return true
	}
	return false
}

func (f *Finder) recordNumber(s string) bool {
	for _, re := range []*regexp.Regexp{f.record, f.recordBare} {
		for _, m := range re.FindAllStringSubmatchIndex(s, most) {
			number := strings.Map(keepDigits, s[m[2]:m[3]])
			before, _ := around(s, m[0], m[1], 25)
			phone := number != "" && number[0] == '0' && len(number) >= 10
			if len(number) >= 4 && !phone && !f.notNumber.MatchString(before) {
				return true
			}
		}
	}
	return false
}

func keepDigits(r rune) rune {
	if '0' <= r && r <= '9' {
		return r
	}
	return -1
}

// birthDate finds a date of birth. What is born on a day may be a service or
// an idea, and a writer's own birthday is theirs to tell.
func (f *Finder) birthDate(s string) bool {
	for _, m := range f.birthWord.FindAllStringIndex(s, most) {
		before, _ := around(s, m[0], m[1], 4)
		if !strings.HasSuffix(strings.ToLower(before), "my ") || f.person.MatchString(s[m[0]:m[1]]) {
			return true
		}
	}
	for _, m := range f.birth.FindAllStringSubmatch(s, most) {
		if f.canBeBorn(m[1]) {
			return true
		}
	}
	return false
}

func (f *Finder) canBeBorn(subject string) bool {
	words := strings.Fields(strings.ToLower(subject))
	if words[0] == "my" || words[0] == "i" || words[len(words)-1] == "i" {
		return false
	}
	last := words[len(words)-1]
	switch last {
	case "she", "he", "who", "and", "patient", "client", "mum", "dad", "lady", "man", "woman", "boy", "girl", "pt":
		return true
	}
	return f.names[last] || f.names[words[0]] || f.person.MatchString(subject)
}

// findPlace finds somebody together with where they live, lie or answer.
func (f *Finder) findPlace(s string) Kind {
	switch {
	case f.address(s):
		return Address
	case f.phoneOf(s):
		return Contact
	case f.bedside(s):
		return Whereabouts
	}
	return None
}

// address wants a street or a postcode in a sentence about a person, and not
// about a venue.
func (f *Finder) address(s string) bool {
	for _, re := range []*regexp.Regexp{f.postcode, f.street} {
		for _, m := range re.FindAllStringIndex(s, most) {
			sentence := sentenceAt(s, m[0], m[1])
			if f.livesAt.MatchString(sentence) && !strings.Contains(strings.ToLower(sentence), "i live") {
				return true
			}
			if f.person.MatchString(sentence) && !f.venue.MatchString(sentence) {
				return true
			}
		}
	}
	return false
}

// sentenceAt is the sentence around a place in a text, at most about 200
// bytes to either side.
func sentenceAt(s string, from, to int) string {
	before, after := around(s, from, to, 200)
	if i := strings.LastIndexAny(before, "!?\n"); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.LastIndex(before, ". "); i >= 0 {
		before = before[i+2:]
	}
	if i := strings.IndexAny(after, "!?\n"); i >= 0 {
		after = after[:i]
	}
	if i := strings.Index(after, ". "); i >= 0 {
		after = after[:i]
	}
	return before + s[from:to] + after
}

func (f *Finder) phoneOf(s string) bool {
	for _, m := range f.phone.FindAllStringIndex(s, most) {
		if f.belongs(s, m) {
			return true
		}
	}
	return false
}

func (f *Finder) emailOf(s string) bool {
	if !strings.Contains(s, "@") {
		return false
	}
	for _, m := range f.email.FindAllStringIndex(s, most) {
		if f.belongs(s, m) {
			return true
		}
	}
	return false
}

// belongs says whether a number or address is said to be a patient's.
func (f *Finder) belongs(s string, m []int) bool {
	before, _ := around(s, m[0], m[1], 60)
	if i := strings.LastIndexAny(before, "!?\n"); i >= 0 {
		before = before[i+1:]
	}
	if f.contactFrom.MatchString(before) {
		return true
	}
	return f.theirNumber.MatchString(before) && !f.work.MatchString(before)
}

// bedside finds a patient by bed or ward: “pt J.S. bed 4 Maple ward”.
func (f *Finder) bedside(s string) bool {
	for _, m := range f.bedPerson.FindAllStringIndex(s, most) {
		if sentence := sentenceAt(s, m[0], m[1]); f.person.MatchString(sentence) && f.wardEvent.MatchString(sentence) && !f.venue.MatchString(sentence) {
			return true
		}
	}
	return f.initials(s)
}

func (f *Finder) initials(s string) bool {
	for _, m := range f.initialsWard.FindAllStringIndex(s, most) {
		initials, _, _ := strings.Cut(s[m[0]:m[1]], " ")
		if notInitials[strings.Trim(initials, ".,")] {
			continue
		}
		if f.wardEvent.MatchString(sentenceAt(s, m[0], m[1])) {
			return true
		}
	}
	return false
}

// notInitials are pairs of capitals that are words of the trade.
var notInitials = map[string]bool{
	"OT": true, "HR": true, "IT": true, "PT": true, "SU": true, "ED": true, "AE": true, "GP": true, "CQ": true, "QI": true, "EU": true, "UK": true,
	"OK": true, "OD": true, "SI": true, "PS": true, "TV": true, "CD": true, "ID": true, "IG": true, "JD": true, "LE": true, "NI": true, "PD": true,
	"MH": true, "LD": true, "EI": true, "OA": true, "WM": true, "RC": true, "CC": true, "IF": true, "IS": true, "IN": true, "ON": true, "AT": true,
	"TO": true, "NO": true, "SO": true, "WE": true, "MY": true, "AM": true, "PM": true, "AN": true, "AS": true, "BE": true, "DO": true, "GO": true,
	"HE": true, "IV": true, "ME": true, "OF": true, "OR": true, "UP": true, "US": true, "CT": true, "PA": true, "OH": true, "SW": true, "PW": true,
}

// named finds a person's name with a diagnosis or a section.
func (f *Finder) named(s string) bool {
	for _, m := range f.name.FindAllStringSubmatchIndex(s, most) {
		first := strings.ToLower(s[m[2]:m[3]])
		before, after := around(s, m[0], m[1], 60)
		if f.patientBefore(before) && f.names[first] {
			return true
		}
		if (f.names[first] || titled(before)) && !professional(before) && f.hasStatus(before, after) {
			return true
		}
	}
	return strings.ContainsFunc(s, unicode.IsUpper) && f.firstNameOnly(s)
}

func (f *Finder) hasStatus(before, after string) bool {
	if f.ofStatus.MatchString(before) {
		return true
	}
	lead := f.nameThen.FindString(after)
	return lead != "" && f.status.MatchString(after[len(lead):])
}

// patientBefore: “my client Gareth Pugh”.
func (f *Finder) patientBefore(before string) bool {
	words := strings.FieldsFunc(strings.ToLower(before), func(r rune) bool { return !unicode.IsLetter(r) })
	for n := len(words); n > 0; n-- {
		switch words[n-1] {
		case "called", "named", "mr", "mrs", "miss", "ms", "o", "r":
			continue
		case "patient", "client", "pt", "claf", "cleient":
			return true
		case "user":
			return n > 1 && words[n-2] == "service"
		}
		return false
	}
	return false
}

func titled(before string) bool {
	word := strings.ToLower(lastWords(before, 1))
	return word == "mr" || word == "mrs" || word == "miss" || word == "ms" || word == "mr." || word == "mrs."
}

func professional(before string) bool {
	switch strings.Trim(strings.ToLower(lastWords(before, 1)), ".,:") {
	case "dr", "prof", "professor", "nurse", "sister", "sir", "dame", "lord", "actor", "singer", "author", "by":
		return true
	}
	return false
}

// firstNameOnly: “Gareth on my caseload has been sectioned”, where a first
// name, a patient and a state stand in one sentence.
func (f *Finder) firstNameOnly(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsUpper(r) {
			i += size
			continue
		}
		end := i
		for end < len(s) {
			c, n := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsLetter(c) {
				break
			}
			end += n
		}
		if f.names[strings.ToLower(s[i:end])] && f.supported(s, i, end) {
			return true
		}
		i = max(end, i+size)
	}
	return false
}

func (f *Finder) supported(s string, from, to int) bool {
	before, after := around(s, from, to, 60)
	if professional(before) {
		return false
	}
	if f.patientBefore(before) && strings.Contains(strings.ToLower(after), "ward") {
		return true
	}
	onCaseload := strings.HasPrefix(strings.ToLower(after), " on my caseload") || strings.HasPrefix(strings.ToLower(after), " (my client") || f.patientBefore(before)
	if !onCaseload {
		return false
	}
	for _, w := range strings.Fields(strings.ToLower(after)) {
		if f.status.MatchString(w) {
			return true
		}
	}
	return false
}
