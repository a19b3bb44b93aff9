package reading

import "strings"

// keyWords are those that matter most and are put right when misspelt.
const keyWords = `suicide suicidal overdose overdosed tablets tablet paracetamol myself himself herself tonight tomorrow
	goodbye forever alive living killing kill bridge hurting hurt harming cutting bleeding bled wrists knife razor
	hopeless worthless burden everyone anymore without exist existing disappear thoughts thinking struggling swallowed
	medication pills letter letters funeral colleague friend brother sister husband wife mother safe unsafe wanted wants
	cannot coping cope depressed anxious lonely better worth dying death stomach reason living please sorry`

// neighbours are ordinary words one slip away from one of the key words.
var neighbours = set(`killer killed kiln skill alike olive along alone drying dining trying loving giving moving lining hunting
	hurling hunt hurts curt farming warming breeding bleeding bridget bride bridges depth deaths heath blame blade raze
	blazer taxer tables table table's tabled cable friends fiend fried brothers bother broth sisters mister wives wire wine
	live life lives file wise sage safer safes safety save sane saw same cape cope code core cone hope copes tope
	warts want wanted wantage bled pile piles pull pulls polls bills fills hills mills tills wills pillow latter litter
	ladder better letter butter bitter betty setter worthy worthing warm worth north death dearth reasons season treason
	sorry story worry sort pleased plead plea lease exit exits exert goodbyes thought though through thinking shrinking
	thinning tinkling counting cutting putting cuttings gutting hutting cottage knives
	others another mothers moth mouther wristband burdens burned burdened hurtling colleagues anxiously lovely lonely
	coping copying cooping hoping roping doping scoping everyday evening wishes
	lining listing leaving leading lasting liking lending landing loving
	reason reasons resin`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// table reads lines of "short: written out".
func table(lines string) map[string][]string {
	m := make(map[string][]string)
	for line := range strings.Lines(lines) {
		short, full, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		for _, s := range strings.Fields(short) {
			m[s] = strings.Fields(full)
		}
	}
	return m
}

// contractions are opened whatever the language of the message: no Welsh word
// looks like them.
var contractions = table(`
	im: i am
	ive iv: i have
	dont dnt dint: do not
	didnt didn: did not
	doesnt dosnt: does not
	cant cnt carnt cannot cnat couldnt: can not
	wont wnt: will not
	wouldnt: would not
	shouldnt: should not
	isnt: is not
	arent: are not
	wasnt: was not
	werent: were not
	hasnt: has not
	havent havnt: have not
	hadnt: had not
	aint: am not
	gonna gunna gna gon gonan ganna: going to
	wanna wana: want to
	gotta: got to
	tryna: trying to
	finna: about to
	imma ima ima: i am going to
	idk: i do not know
	cba: can not be bothered
	youre: you are
	youve: you have
	theyre: they are
	theyve: they have
	theyd: they would
	theyll: they will
	weve: we have
	hes: he is
	shes: she is
	itd: it would
	itll: it will
	thats: that is
	theres: there is
	whats wats: what is
	whos: who is
	lets: let us
	id: i would
	everybodys: everybody is
	everyones: everyone is
	someones: someone is
	nobodys: nobody is
`)

// slang is written out in messages that are not Welsh.
var slang = table(`
	u yu yous: you
	ur yr: your
	r: are
	n nd: and
	b: be
	bin: been
	y: why
	rn: right now
	tn tonite 2nite tonihgt tonigth 2night: tonight
	2moro tmrw tmr tmro tmoz tomoz tomoro tomorow tomora 2mrw 2morrow 2mro: tomorrow
	nite: night
	thru: through
	pls plz plss plis: please
	ppl peeps: people
	abt abot bout abuot: about
	coz cos cuz cus becos bcoz bc: because
	evry1 every1 evryone everyon evrybody evry1s: everyone
	sum1 some1 sumone: someone
	sumbody: somebody
	no1 noone noon1: no one
	any1: anyone
	nuffin nuthin nothin nowt nuttin: nothing
	sumfin sumthin summat somethin summin: something
	evrything evrythin everythin: everything
	miself meself maself myslef mysef mesen misen masel meeself: myself
	hisself isself imself: himself
	yourslef: yourself
	fink: think
	fings: things
	wud wld: would
	shud shld: should
	cud cld: could
	wat wot wha: what
	wen: when
	wer: were
	wiv wid wif: with
	wivout widout wivowt: without
	dat: that
	da: the
	dis: this
	dem: them
	jus jst jsut: just
	rly rlly realy: really
	tbh ngl icl: honestly
	fr frfr: really
	af: very
	defo def: definitely
	prob probs prolly: probably
	luv: love
	txt: text
	txted: texted
	msg mssg: message
	msgd msged: messaged
	m8 m8s mayte: mate
	frend freind frnd frends freinds: friend
	bf: boyfriend
	gf: girlfriend
	bruv blud fam: mate
	deid ded dedd: dead
	dieing dyin diein: dying
	livin: living
	lyf lief lfe: life
	alife alve alvie: alive
	kil kll kiill killl: kill
	kiling killin kilin: killing
	killd kild: killed
	suicidle sucidal suicidol suisidal suicdal siucidal sucicidal sooicidal sui: suicidal
	sewerslide sewer-slide suiside sucide siucide suicde sewercide: suicide
	od ods: overdose
	oded: overdosed
	overdoes ovadose overdos: overdose
	meds med: tablets
	tabelts tablits tablts tabletts tabets: tablets
	parasetamol paracetomol paracetemol paras: paracetamol
	tuk: took
	swallered swolowed swollowed: swallowed
	hav ahve hve: have
	havin: having
	feelin feeling feling: feeling
	feal: feel
	goin goign gowin: going
	endin: ending
	stopin stoppin: stopping
	wnat watn wnt2 whant: want
	wanan: want to
	gd: good
	gdbye gudbye goodby goobye: goodbye
	4ever forevr foreva 4eva: forever
	b4: before
	wrist rists rist: wrists
	brige brigde bridg: bridge
	rite: right
	ritten writen: written
	writin riting: writing
	letta leter leters: letter
	exsist exsit: exist
	dissapear disapear dissappear: disappear
	sory sry soz srry: sorry
	agen agian agin: again
	hrut hert hurtin: hurt
	harmin: harming
	slep slepp: sleep
	mor moar: more
	nomore: no more
	anymor: anymore
	piont pont: point
	resun reson: reason
	saef sfae saf: safe
	unsfae unsaef unsaf: unsafe
	tho: though
	altho: although
	dunno: do not know
	lemme: let me
	gimme: give me
	kinda: kind of
	sorta: sort of
	outta: out of
	shoulda: should have
	coulda: could have
	woulda: would have
	mam mamm: mum
	mom mumm: mum
	hubby hubs: husband
	gran nan nana: nan
	xmas: christmas
	sh: self harm
	shing: self harming
	psw: peer worker
	psws: peer workers
	su: service user
	sus: service users
`)
