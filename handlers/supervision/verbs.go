package supervision

import (
	"slices"
	"strings"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// verb is something that can be asked for, by a button or a command. Without
// phrases it is a button's only, and the phrase that does the same is another
// verb's.
type verb struct {
	id     string
	needs  bot.Permission
	takes  func(args string) bool
	en, cy []string
	do     doing
}

func (h *Handler) verbs() []verb {
	return slices.Concat(h.own(), h.settings(), h.together(), h.leads())
}

// own is what people do with their supervision.
func (h *Handler) own() []verb {
	return []verb{
		{"setup", bot.Anyone, plans,
			[]string{"set up supervision", "supervision", "peer-led supervision", "peer supervision", "line management", "clinical supervision",
				"group supervision", "reflective practice", "co-reflection", "mentoring", "remind me about", "remind me of"},
			[]string{"gosod goruchwyliaeth", "goruchwyliaeth", "goruchwyliaeth gan gymheiriaid", "rheolaeth llinell", "goruchwyliaeth glinigol",
				"goruchwyliaeth grŵp", "ymarfer myfyriol", "cyd-fyfyrio", "mentora", "atgoffa fi am"}, h.setup},
		{"add", bot.Anyone, isKindOrPlan, []string{"set up"}, []string{"gosod"}, h.setup},
		{"kind", bot.Anyone, isKind, []string{"kind"}, []string{"math"}, h.setKind},
		{"every", bot.Anyone, isEvery, []string{"every"}, []string{"bob"}, h.setEvery},
		{"next", bot.Anyone, isDate, []string{"next on", "next"}, []string{"nesaf ar", "nesaf"}, h.setNext},
		{"last", bot.Anyone, isDate, []string{"last was on", "last was"}, []string{"diwethaf ar", "diwethaf"}, h.setLast},
		{"save", bot.Anyone, isKind, []string{"save it", "yes save"}, []string{"cadw", "ie cadw"}, h.save},
		{"mine", bot.Anyone, nil, []string{"my supervision", "my reminders"}, []string{"fy ngoruchwyliaeth", "fy nodiadau atgoffa"}, h.mine},
		{"held", bot.Anyone, about, []string{"held", "it was held", "it was on"}, []string{"cynhaliwyd", "fe'i cynhaliwyd", "roedd ar"}, h.held},
		{"moved", bot.Anyone, about, []string{"moved to", "moved"}, []string{"symudwyd i", "symudwyd"}, h.moved},
		{"snooze", bot.Anyone, snoozes, []string{"snooze"}, []string{"atgoffa wedyn", "cysgu am"}, h.snooze},
		{"pause", bot.Anyone, dates, []string{"pause until", "pause"}, []string{"oedi tan", "oedi"}, h.pause},
		{"resume", bot.Anyone, nil, []string{"resume", "i am back", "i'm back"}, []string{"ailddechrau", "rydw i nôl"}, h.resume},
		{"nobody", bot.Anyone, isKind, []string{"nobody yet", "i have nobody yet"}, []string{"neb eto", "does gen i neb eto"}, h.nobody},
		{"quiet", bot.Anyone, isKind, []string{"nobody yet monthly", "monthly line"}, []string{"neb eto bob mis", "llinell fisol"}, h.quietly},
		{"cancelled", bot.Anyone, isKind, []string{"cancelled on me", "it was cancelled on me"}, []string{"canslwyd arna i", "cafodd ei ganslo arna i"}, h.cancelled},
		{"stop", bot.Anyone, isKind, []string{"stop supervision", "stop reminders", "stop reminding me"}, []string{"stopio goruchwyliaeth", "stopio'r nodiadau"}, h.stop},
		{"undo", bot.Anyone, nil, []string{"undo"}, []string{"dadwneud"}, h.undo},
		{"calendar", bot.Anyone, isKind, []string{"supervision calendar"}, []string{"calendr goruchwyliaeth"}, h.download},
		{"heldon", bot.Anyone, nil, nil, nil, h.dateForm("heldon")},
		{"movedto", bot.Anyone, nil, nil, nil, h.dateForm("movedto")},
		{"pausing", bot.Anyone, nil, nil, nil, h.dateForm("pausing")},
		{"form", bot.Anyone, nil, nil, nil, h.form},
	}
}

// settings is how people wish to be written to.
func (h *Handler) settings() []verb {
	return []verb{
		{"days", bot.Anyone, isDays, []string{"my working days"}, []string{"fy nyddiau gwaith"}, h.setDays},
		{"hours", bot.Anyone, isHours, []string{"my working hours"}, []string{"fy oriau gwaith"}, h.setHours},
		{"zone", bot.Anyone, asksZone, []string{"my time zone"}, []string{"fy mharth amser"}, h.setZone},
		{"holidays", bot.Anyone, isHolidays, []string{"bank holidays"}, []string{"gwyliau banc"}, h.setHolidays},
		{"inpost", bot.Anyone, dates, []string{"in post since"}, []string{"yn y swydd ers"}, h.setInPost},
		{"discreet", bot.Anyone, onOff, []string{"discreet reminders"}, []string{"nodiadau cynnil"}, h.setDiscreet},
		{"named", bot.Anyone, onOff, []string{"my name if unreachable"}, []string{"fy enw os na ellir cyrraedd"}, h.setNamed},
	}
}

// together is what somebody and their supervisor do.
func (h *Handler) together() []verb {
	return []verb{
		{"share", bot.Anyone, mentioned, []string{"tell my supervisor"}, []string{"dwed wrth fy ngoruchwyliwr"}, h.share},
		{"unshare", bot.Anyone, nil, []string{"stop sharing", "stop telling my supervisor"}, []string{"stopio rhannu"}, h.unshare},
		{"agree", bot.Anyone, isTheirs, []string{"agree to share"}, []string{"cytuno i rannu"}, h.agree},
		{"confirm", bot.Anyone, isKind, []string{"ask my supervisor to confirm"}, []string{"gofyn i fy ngoruchwyliwr gadarnhau"}, h.confirmHeld},
		{"confirmed", bot.Anyone, isTheirs, []string{"confirm held"}, []string{"cadarnhau"}, h.confirmed},
	}
}

// leads is what leads do, and how those whom they invite answer.
func (h *Handler) leads() []verb {
	return []verb{
		{"coverage", bot.SeeCoverage, nil, []string{"supervision coverage", "coverage report", "coverage"}, []string{"cwmpas goruchwyliaeth", "adroddiad cwmpas"}, h.coverage},
		{"coveragefile", bot.SeeCoverage, nil, []string{"coverage file"}, []string{"ffeil cwmpas"}, h.coverageFile},
		{"digest", bot.SeeCoverage, onOff, []string{"weekly digest"}, []string{"crynodeb wythnosol"}, h.setDigest},
		{"roster", bot.InvitePeople, isRoster, []string{"supervision roster", "roster"}, []string{"rhestr goruchwyliaeth", "rhestr pobl"}, h.roster},
		{"invite", bot.InvitePeople, nil, []string{"invite them"}, []string{"gwahodd nhw"}, h.invite},
		{"rungs", bot.SetUpSpace, isRungs, []string{"reminder days"}, []string{"diwrnodau atgoffa"}, h.setRungs},
		{"decline", bot.Anyone, nil, []string{"no reminders thanks"}, []string{"dim nodiadau diolch"}, h.decline},
		{"claim", bot.Anyone, isClaim, []string{"that is me"}, []string{"fi yw hwnna"}, h.claim},
	}
}

// short keeps what follows a command from being a whole question.
func short(args string, most int) bool {
	return len(strings.Fields(args)) <= most && !strings.Contains(args, "?")
}

// someDay stands for today where only the form of what was written matters.
const someDay = calendar.Date(20000)

func plans(args string) bool {
	s := when.Read(args, someDay)
	return short(args, 40) && s.Timed() && (!s.Every.Zero() || short(args, 14))
}

func isKind(args string) bool {
	s := when.Read(args, someDay)
	return short(args, 5) && s.Rest == 0 && s.Kind != "" && !s.Timed()
}

func isKindOrPlan(args string) bool { return isKind(args) || plans(args) }

func isEvery(args string) bool {
	i, f := when.ReadInterval("every " + args)
	return short(args, 30) && (f == nil && !i.Zero() || f != nil && f.Why != when.Nothing && f.Why != when.Incomplete)
}

func isDate(args string) bool {
	_, f := when.ReadDate(args, someDay, when.Future)
	return short(args, 7) && (f == nil || f.Why != when.Nothing) && when.Read(args, someDay).Rest == 0
}

// dates is isDate that also takes nothing, to be told what to write.
func dates(args string) bool { return args == "" || isDate(args) }

// about is a kind, a date or both.
func about(args string) bool {
	s := when.Read(args, someDay)
	return short(args, 9) && s.Rest == 0 && (s.Kind != "" || s.Timed())
}

func snoozes(args string) bool {
	_, ok := when.Days(args)
	return ok || about(args)
}
