package signs

import (
	"strings"
	"testing"

	"cymar/handlers/safeguarding/signs/corpus"
	"cymar/handlers/safeguarding/signs/internal/training"
	"cymar/handlers/safeguarding/signs/internal/traits"
)

func reader(tb testing.TB) *Reader {
	tb.Helper()
	r, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// examples are the fact sheet's own, sections 9.3 to 9.5: each list under the
// levels that it may be read as.
var examples = []struct {
	levels string
	texts  string
}{
	{"R", `I want to die|i wanna die|I want to kill myself|im going to kill myself tonight|I'm thinking of ending my life
I've been having suicidal thoughts again|I feel suicidal|I am suicidal|I dont want to be here anymore|I don't want to be alive
I wish I was dead|I wish I could go to sleep and not wake up|everyone would be better off without me|they'd all be better off if I was gone
I can't go on|I can't do this any more, I want it to end|there's no point in me living|I have a plan to end it|I'm going to end it all
I've taken an overdose|I've taken loads of tablets|I took all my meds|I've cut myself and it won't stop bleeding
I keep thinking about hurting myself|I self-harmed again last night and I'm scared|I've written goodbye letters
this is goodbye everyone, thank you for everything, I won't be here tomorrow|I'm standing on the bridge|I'm unsafe right now
I can't keep myself safe|kms|gonna kms|unalive myself|I don't want to kill myself but I think about it all day
dwi eisiau marw|dwi i isio marw|fi moyn marw|dwi eisiau lladd fy hun|dwi ddim eisiau byw|dwi'n teimlo'n hunanladdol|dwi wedi cymryd gorddos
alla i ddim cario ymlaen|does dim pwynt byw|dwi am roi diwedd ar fy mywyd|dwi ddim yn gallu cadw fy hun yn saff`},
	{"T", `my colleague just messaged that she has taken an overdose|my friend says he's going to kill himself tonight, what do I do
someone on this call says they want to die`},
	{"A", `I'm really struggling at the moment|I'm at breaking point|I'm so burnt out I can't cope|I feel hopeless about this job|I'm not ok today
I had a panic attack at work|supervision left me in tears|we lost a colleague to suicide|dwi'n stryglo|dwi ddim yn iawn|dwi wedi cael digon
I've been off sick with my mental health|I relapsed|a person I supported died by suicide last week|I used to be suicidal and this meeting brought it all back
how do I tell my manager I'm unwell|what if a PSW feels suicidal?|asking for a friend, what helps if someone is suicidal`},
	{"N", `how do we support people who are suicidal?|what should a PSW do if someone says they want to die?
what's our policy when a patient says "I want to kill myself"?|suicide prevention training next week|safety planning for people with suicidal thoughts
Zero Suicide Alliance module link|can PSWs be part of suicide risk reviews?|self-harm awareness slides|NCISH report on suicide
Samaritans are speaking at the next meeting|which number should I give someone in crisis?|working on a crisis ward|crisis alternatives
crisis team referral|I was suicidal in 2009 and peer support saved me|my experience of suicidal feelings is why I became a PSW
when I was sectioned I wanted to die|the chat covered self-harm and suicide|this deadline is killing me|I'm dying to see the slides
dying of laughter|dead on my feet|I could murder a cuppa|kill the meeting|kill two birds|that'd be career suicide|suicide mission of a bid
end it there for today|I want to end it on time|I can't go on Thursday|I can't go on camera|I can't go on mute|the post is going to die a death
deadline|dead link|let's put it out of its misery|I'm done with the slides|I'm finished|take me out of this channel|I'm jumping off (the call)
jump off in five|hanging on|overdose of acronyms|OD team|SI report|cut the hours, cut myself some slack|shoot me the link|burn through budget
bridge the gap|on the edge of the region|goodbye everyone, see you next month|I won't be here tomorrow, annual leave|I'm leaving the trust
better off without the form|end of life care|DNACPR|the death of the Trust's old policy|hunanladdiad: hyfforddiant atal|gorddos o acronymau
kill the process, dead letter queue, the bot died|I'm not safe to share that data|I've had enough slides
how do PSWs raise safeguarding concerns?|safeguarding level 3 training|who is the safeguarding lead?|safeguarding slides
what is the duty to report in Wales?|abuse of the process|alcohol abuse services|verbal abuse policy|safeguard the role|neglected infrastructure
1767880800|Meeting ID: 385 221 904 66 Passcode: 8hG2k|ring 020 7946 0018|call Samaritans on 116 123|ISBN 978-0-306-40615-7
section 42 and section 128|the venue is at CF10 3NQ|the meeting is on 12 March 2026|Band 4 or Band 5|IRAS ID 312345
thanks all, J.S.|ruth.marsh@nhs.example is the facilitator`},
	{"S", `a patient told me a member of staff hit them|I think the lady I visit is being financially abused by her son|I saw restraint that looked like abuse
she has bruises and says her partner did it|a child in the house is not being fed|I've been harassed by a colleague|he says staff are taking his money
someone disclosed childhood abuse and the person still has access to children|dwi'n poeni bod rhywun yn cael ei gam-drin`},
	{"P", `her NHS number is 943 476 5919|NHS no 9434765919|RiO 1234567 needs a note|hospital no 4455667|dob 12/03/1984|patient born 3 June 1990
pt J.S. bed 4 Maple ward is low today|the lady I saw at 12 Mill Lane today|AB123456C|John Smith is on a section 3`},
}

func TestTheFactSheetsOwnExamplesAreReadAsItSays(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, e := range examples {
		for _, text := range strings.FieldsFunc(e.texts, func(c rune) bool { return c == '|' || c == '\n' }) {
			if got := r.Read(text).Level; !strings.Contains(e.levels, string(got)) {
				t.Errorf("%q is read as %s, want %s", text, got, e.levels)
			}
		}
	}
}

// pairs are messages that look alike and mean different things (section 9.3).
func TestMessagesThatLookAlikeAreToldApart(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, pair := range []struct {
		text   string
		levels string
	}{
		{"I can't go on", "R"}, {"I can't go on Tuesday", "N"},
		{"I want to end it all", "R"}, {"I want to end it", "A"},
		{"I'm not safe", "R"}, {"I'm not safe to share that data", "N"},
		{"I've had enough", "A"}, {"I've had enough slides", "N"},
		{"goodbye everyone, thank you for everything, I won't be here tomorrow", "R"}, {"I won't be here tomorrow, annual leave", "N"},
		{"I want to die", "R"}, {`a patient said "I want to die"`, "NT"}, {`I said "I want to die"`, "AR"},
		{"I'm not suicidal", "A"}, {"I don't want to kill myself but I can't stop thinking about it", "R"},
	} {
		if got := r.Read(pair.text).Level; !strings.Contains(pair.levels, string(got)) {
			t.Errorf("%q is read as %s, want %s", pair.text, got, pair.levels)
		}
	}
}

func TestTheModelWasMadeFromThisCorpus(t *testing.T) {
	t.Parallel()
	messages, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	features, err := traits.New()
	if err != nil {
		t.Fatal(err)
	}
	made, err := madeFrom()
	if err != nil {
		t.Fatal(err)
	}
	if want := training.Fingerprint(messages, features); made != want {
		t.Errorf("the model was made from %s and the corpus is %s: run go generate ./handlers/safeguarding/signs", made, want)
	}
}

func TestWhatIsNotSeenDoesNotHideTheWords(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, text := range []string{"I want to d\u200bie", "I\u00a0want\u2009to die", "\u202eI want to die", "Ｉ ｗａｎｔ ｔｏ ｄｉｅ", "I want to k1ll myself", "I WANT TO DIE", "<@U1> *I want to die*"} {
		if got := r.Read(text).Level; got != Crisis {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}

func TestOneLineInALongMessageCounts(t *testing.T) {
	t.Parallel()
	before := "Thanks for the minutes. The room is booked for Thursday and the slides are on the shared drive. "
	after := " Also the job plan template is with HR, and Ruth will chase it. See you next week."
	if got := reader(t).Read(before + "I'm going to kill myself tonight." + after).Level; got != Crisis {
		t.Errorf("read as %s", got)
	}
	if got := reader(t).Read(before + after).Level; got != Nothing {
		t.Errorf("the rest alone is read as %s", got)
	}
}

func FuzzReading(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"", "I want to die", "\xff\xfe", strings.Repeat("a ", 9000), "943 476 5919", "😀😀", "…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, b := r.Read(s), r.Read(s)
		if a != b || a.Level == "" {
			t.Errorf("%q is read as %v and %v", s, a, b)
		}
	})
}

// hostile are the longest things that somebody may paste, 40 kB each.
func hostile() map[string]string {
	fill := func(s string) string { return strings.Repeat(s, 40<<10/len(s)) }
	return map[string]string{
		"one word":        fill("a"),
		"sentences":       fill("I want. "),
		"names":           fill("Mr Abc Defg "),
		"digits":          fill("943 476 591 "),
		"quotation marks": fill("\"'"),
		"disguises":       fill("k.i.l.l "),
		"single letters":  fill("i w a n t "),
		"addresses":       fill("a@b.c "),
		"emoji":           fill("💊"),
		"crises":          fill("I want to kill myself tonight with the tablets. "),
		"postcodes":       fill("the lady at CF10 3NQ "),
		"zero width":      fill("\u200b"),
	}
}

func TestHostileTextIsReadLikeAnyOther(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, text := range hostile() {
		want := Level("")
		if name == "crises" {
			want = Crisis
		}
		if got := r.Read(text).Level; got == "" || want != "" && got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// BenchmarkHostile: the aim is a quarter of a second for each on one quiet core.
func BenchmarkHostile(b *testing.B) {
	r := reader(b)
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.Read(text)
			}
		})
	}
}

// keywords is the peer: what most bots do.
var keywords = []string{"suicid", "kill myself", "want to die", "end my life", "overdose", "self-harm", "hunanladd"}

func BenchmarkReading(b *testing.B) {
	const text = "ward manager keeps asking me to cover obs and i don't think that's my job, what do i say to her on thursday"
	r := reader(b)
	b.Run("guard", func(b *testing.B) {
		for b.Loop() {
			r.Read(text)
		}
	})
	b.Run("a list of keywords", func(b *testing.B) {
		for b.Loop() {
			for _, k := range keywords {
				_ = strings.Contains(strings.ToLower(text), k)
			}
		}
	})
}
