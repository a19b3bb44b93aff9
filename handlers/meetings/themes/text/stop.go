package text

import "strings"

// stop holds the words that carry no subject: function words, chat fillers,
// politeness.
var stop = set(`
a about above after again against all also am an and any are aren't as at be because been before being below between both
but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from further get gets
getting go goes going gone got had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him
himself his how how's i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself just let let's like lot lots make
made me might more most much must my myself no nor not now of off oh ok okay on once one only or other ought our ours ourselves
out over own really right said same say says see shall she she'd she'll she's should shouldn't so some such than that that'd
that'll that's the their theirs them themselves then there there's these they they'd they'll they're they've thing things think
this those through to too under until up upon us very was wasn't way we we'd we'll we're we've well were weren't what what's
when when's where where's which while who who's whom why why's will with won't would wouldn't yeah yep yes yet you you'd you'll
you're you've your yours yourself yourselves hi hello hey hiya thanks thank ta bye cheers lol haha hmm um uh er ah gm morning
afternoon everyone everybody guys folks sure maybe actually basically still even though something anything someone anyone
somebody anybody nobody need want know good great nice agree agreed please pls plz sorry back bit kind sort etc ie eg im ive
dont cant didnt doesnt isnt wont id youre theyre thats whats hes shes wasnt wouldnt couldnt shouldnt havent hasnt arent werent
mine tbh imo tho bc bcs cos coz cuz gonna wanna gotta hav thru till til wk u ur r n w x xx ooh aw aww wow ha gosh love lovely
brilliant amazing fab superb quick little big whole loads rather quite almost already always never ever often sometimes every
first last next another many several people person put take took give gave come came keep kept seem seems feel feels felt
tell told ask asked asks mean means meant called call done use used using without within across around per via also anyway
today tomorrow yesterday week month year years months weeks day days time times hour hours minute minutes
`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var welshFunction = set(`
a'r ac ac'r bawb bod chi chi'n ddim dim dw dwi dyna dydi ddeud deud efo ei eich ein eu er erbyn fe felly fi fo fod fydd
fyddai gael gan gen gennym gweld gwaith gyda gynnon hefyd heb hwn hyn hynny i'r iawn isio eisiau mae mae'n maen mewn mi mor
mynd na nad neb ni nid nhw o'r o'n oedd oes ond pawb peidio pob prynhawn pnawn rhai rhaid roedd rŵan sut sy sydd sy'n
tra trwy tu unrhyw wedi wedyn wnaeth wrth yma ydi ydy ydych yn ym yng yr y'n ydw i'n eto mwy bore da diolch hwyl croeso
yw yn'r gallu angen weithiau ein dach 'di dyma achos beth ble pwy pryd llawer
`)

// IsWelsh tells whether a text is mostly Welsh, by its function words.
func IsWelsh(s string) bool {
	cy, en := 0, 0
	for _, w := range Words(s) {
		switch {
		case welshFunction[w]:
			cy++
		case stop[w]:
			en++
		}
	}
	return cy >= 2 && cy > en || cy == 1 && en == 0
}
