package transcript

import (
	"strconv"
	"strings"

	"cymar/handlers/meetings/transcript/stamp"
)

// role is what a column of a table, or a key of an object, holds.
type role int

const (
	roleNone role = iota
	roleWhen
	roleDate
	roleTime
	roleAuthor
	roleText
	roleReactions
	roleReply
	roleID
	roleDeleted
	roleEdited
	roleBot
	roleFirst // first name, where the surname stands apart
	roleLast
	roleTo // to whom: a private message is left out
)

// names of columns, without spaces and punctuation, in the order in which the
// exports of chat programs, Excel sheets and Welsh ones name them.
var columnNames = map[role][]string{
	roleWhen: {"timestamp", "datetime", "ts", "when", "created", "createdat", "createddatetime", "sentat", "sent", "posted", "postedat",
		"senttime", "messagetime", "messagedate", "messagetimestamp", "dateandtime", "timesent", "datesent", "amseraDyddiad", "dyddiadacamser", "dyddiadamser", "anfonwyd"},
	roleDate: {"date", "day", "dyddiad", "diwrnod"},
	roleTime: {"time", "clock", "amser"},
	roleAuthor: {"author", "name", "user", "username", "sender", "from", "displayname", "realname", "participant", "speaker", "person", "member",
		"postedby", "sentby", "createdby", "fullname", "sendername", "userdisplayname", "authorname", "fromname", "who", "enw", "awdur", "anfonwr", "gan", "siaradwr", "defnyddiwr", "cyfranogwr"},
	roleText: {"text", "message", "content", "body", "chat", "comment", "post", "messagetext", "messagecontent", "messagebody", "msg", "chatmessage", "plaintext",
		"question", "neges", "testun", "cynnwys", "sylw"},
	roleReactions: {"reactions", "reaction", "likes", "emoji", "adweithiau", "ymatebion"},
	roleReply:     {"replyto", "inreplyto", "replytoid", "parent", "parentid", "thread", "threadid", "threadts", "parentmessageid", "repliesto", "ateb", "ymatebi"},
	roleID:        {"id", "messageid", "msgid", "no", "number", "rhif"},
	roleDeleted:   {"deleted", "isdeleted", "removed", "deletedat", "dilëwyd"},
	roleEdited:    {"edited", "isedited", "editedat", "lastedited", "golygwyd"},
	roleBot:       {"bot", "isbot", "app"},
	roleFirst:     {"firstname", "forename", "givenname", "enwcyntaf"},
	roleLast:      {"lastname", "surname", "familyname", "cyfenw"},
	roleTo:        {"to", "recipient", "recipients", "audience"},
}

// roleOf finds what a column of this name holds. A zone in brackets, as in
// "Time (UTC)", is told apart.
func roleOf(name string) (r role, utc bool) {
	utc = strings.Contains(strings.ToUpper(name), "UTC") || strings.Contains(strings.ToUpper(name), "GMT")
	key := strings.Join(nameWords(outsideBrackets(name)), "")
	if utc {
		key = strings.TrimSuffix(strings.TrimSuffix(key, "utc"), "gmt")
	}
	for r, names := range columnNames {
		for _, n := range names {
			if n == key {
				return r, utc
			}
		}
	}
	return roleNone, utc
}

// table says which column holds what.
type table struct {
	columns []role
	utc     bool
}

// newTable reads a row of headings. It reports false unless somebody and
// something are among them.
func newTable(heads []string) (table, bool) {
	t := table{columns: make([]role, len(heads))}
	seen := map[role]bool{}
	for i, h := range heads {
		r, utc := roleOf(h)
		if seen[r] {
			continue // the first of two is taken
		}
		seen[r] = r != roleNone
		t.columns[i] = r
		t.utc = t.utc || utc && r != roleNone
	}
	if seen[roleWhen] && seen[roleTime] && !seen[roleDate] {
		t.forget(roleTime)
	}
	return t, (seen[roleAuthor] || seen[roleFirst]) && seen[roleText]
}

func (t table) forget(r role) {
	for i := range t.columns {
		if t.columns[i] == r {
			t.columns[i] = roleNone
		}
	}
}

// item makes a message of a row. It reports why it cannot be one.
func (t table) item(row []string) (item, Reason) {
	f := map[role]string{}
	for i, r := range t.columns {
		if i < len(row) && r != roleNone {
			f[r] = strings.TrimSpace(row[i])
		}
	}
	return t.fromFields(f)
}

func (t table) fromFields(f map[role]string) (item, Reason) {
	it := item{id: f[roleID], replyID: f[roleReply], author: f[roleAuthor], text: f[roleText],
		deleted: truthy(f[roleDeleted]), bot: truthy(f[roleBot])}
	if it.author == "" {
		it.author = strings.TrimSpace(f[roleFirst] + " " + f[roleLast])
	}
	if it.author == "" && it.text == "" {
		return it, Empty
	}
	if it.author == "" {
		return it, NoName
	}
	when := f[roleWhen]
	if when == "" {
		when = strings.TrimSpace(f[roleDate] + " " + f[roleTime])
	}
	var why Reason
	if when != "" {
		var ok bool
		if it.when, ok = readWhen(when); !ok {
			why = BadTime
		} else if t.utc && !it.when.Zoned {
			it.when.Zoned = true
		}
	}
	cellReactions(&it, f[roleReactions])
	if isDeletedLine(it.text) {
		it.deleted = true
	}
	if it.text == "" && !it.deleted {
		return it, Empty
	}
	return it, why
}

// readWhen reads what a table has in its time column: a stamp, or seconds, or
// thousandths, since 1970.
func readWhen(s string) (stamp.Stamp, bool) {
	if st, ok := stamp.Parse(s); ok {
		return st, true
	}
	return sinceEpoch(s)
}

func sinceEpoch(s string) (stamp.Stamp, bool) {
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || !(f >= 1e9 && f <= 4e12):
		return stamp.Stamp{}, false
	case f > 4e9:
		f /= 1000
	}
	return stampOf(int64(f)), true
}

func truthy(s string) bool {
	switch strings.ToLower(s) {
	case "", "0", "no", "n", "false", "na", "nac ydy", "null", "none", "-":
		return false
	}
	return true
}

// cellReactions reads "like x4; heart x2", "👍 4, ❤️ 2" and "like:4".
func cellReactions(it *item, cell string) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '\n' }) {
		name, n := part, 1
		if i := strings.LastIndexAny(strings.TrimSpace(part), " x×:="); i >= 0 {
			p := strings.TrimSpace(part)
			if v, err := strconv.Atoi(strings.Trim(p[i:], " x×:=()")); err == nil && v > 0 {
				name, n = p[:i], v
			}
		}
		if name = strings.Trim(name, " x×:=("); name != "" && len(name) < 60 {
			it.react(reactionName(name), min(n, 100000))
		}
	}
}
