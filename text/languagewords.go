package text

import "strings"

// Function words and everyday words that belong to one of the two languages
// only, without accents and apostrophes. What both have (a, i, o, am, on,
// dim, her, has, in, at, man) says nothing and is in neither.
var welshWords = weigh(2, `
	ac achos ag allaf alla allwch allwn amdanaf amdano ambell angen ar arall arna arnaf arno arnyn atyn bai basai basech baswn
	ble bo bod bum byddaf bydda byddai bydd byddem byddwn byddech byth cael chael gael chi ni ti cyn cyw da dach
	 ddim ddylai ddyle ddylen ddylwn ddylech ddyliwn ddylid dylai dylwn dylech dyle dylid deud dweud ddeud ddweud deutha di diolch
	dros drwy dy dydi dydy dw dwi dydw efo efallai eich ein eisiau eisie ei eto eu fe felly ffordd fi finnau fo fod fuaswn fydd fyddai fyddwn fydda fy
	gad gaf gafodd gai gan ganddo gallaf gallai galla gallu gallwn gallwch gan geith gen gennyf gennym gennych ges gwneud wneud neud gwneith gwybod wybod gwn gyda gynna
	hefo hefyd helo hon hwn hynny hynna hyn hwnna hoffwn hoffech ia iawn ie isio isie isho jest llawer ma mae maen maent mai meddwl mewn mi moyn mwy mwyaf
	na nac nad nag naddo neb nes nesaf neu nhw nid nos o'r oedd oeddwn oeddech oes ond os pa pam pawb peth pethau petai pwy pryd roedd roeddwn roedden roeddem rhaid rhai rhoi rhwng rhywun rhywbeth
	rwy rwyf rwyn rydw rydyn rydym rydych rydan sa sai sawl sef siarad sut shwd shwmae sy sydd sydda taw tra trwy tydi tydy unrhyw wedi wedyn weithiau weithie
	wi wnaeth wna wnaf wnes wnewch wrth wrtha wrthyf wrtho wrthyn wy wyf wyt wyn y ych ychydig yma ydi ydw ydy ydych ydyn ydym yn yna yno yr yw
	beth beti bore prynhawn sori croeso os gwelwch faint fel gynnar heddiw ddoe yfory fory amser wythnos mis blwyddyn dydd gwaith chwaith erioed fyny lawr allan mynd dod ddod fynd gwell gorau anodd hawdd
	 rwan nawr dyna dyma ynglyn ynghylch ynddo amdani ohono ohoni rhag heb hebddo dwin shwt pobol bobl bobol pobl rhywle unig cymraeg gymraeg cymru gymru saesneg hwyl noswaith
	ga i gawn gawson cei cewch cawn swn sen dylsen dylswn dylsai geisio ceisio cwestiwn gwestiwn ateb egluro esbonio esboniwch eglurwch disgrifiwch
`)

var englishWords = weigh(2, `
	about after again are at be see new an all also and any anyone are arent as because been before being between both but by can cant cannot could couldnt cos
	did didnt do does doesnt doing dont each every everyone for from get gets getting give gives go goes going got had havent have having he hes hers him his how however
	if im ive ill into is isnt it its itd just know like lot lots made make makes many may me might more most much must my myself need needs never no nor not now
	of off often one only or other our out over own people please really said says say she shes should shouldnt shd so some someone something still such
	tell than thanks thank that thats the their them then there theres these they theyre theyve thing things this those through to too under until up us use used using very
	want wants was wasnt we weve were werent what whats when where whether which while who whos whose why will with without wont would wouldnt
	yes yet you your youre yours hello hi hiya morning good bad help ok okay u ur ppl thx pls plz wot wots
	ask asked asks asking keep keeps feel feels feeling think thinks work works working day week month year always anything nothing time support worker peer peers
	manager team ward staff nurse service share shared story stories trust leave left start started stop talk talking
`)

// welshKeys are the field's own words, in any mutation: a one-word question
// ("goruchwyliaeth?") has no function word to go by.
var welshKeys = keys(`
	adferiad adfer anabledd arbenigwr arbenigwyr argyfwng arweinydd bwrdd bywyd cefnogaeth cefnogi cleifion claf clinigol cleient cyfarfod cyfrinachedd cyfrinachol
	cyfrifoldeb cyflog cyfoedion cydweithwyr cydweithiwr cydfuddiannol cymar cymheiriaid cymorth cymuned cynhwysol cryfderau cwsg datblygiad datblygu defnyddiwr diogel diogelu diogelwch disgrifiad dyletswyddau
	dwyochrog egwyddor egwyddorion ffiniau ffrind ffrindiau fframwaith goruchwyliaeth goruchwylio goruchwyliwr goruchwylydd gobaith gofal gofalwr gofalwyr grwp gwasanaeth gwasanaethau gwerthoedd gweithiwr gweithwyr gweithio gwirfoddolwr gwirfoddolwyr
	hawliau hunanladdiad hunanladdol hunanofal hyfforddiant hyfforddi iechyd llesiant lles llithriad mentora meddyginiaeth meddygon moddion myfyriol nyrs nyrsys nodiadau nodyn parch perthynas perthnasau profiad profiadau profi
	pwrpas pwysig rheolwr rheolwyr rhannu salwch seicolegydd seiciatrydd sefydlu stori straeon swydd swyddi swydd strategaeth tabledi teimlo theimladau tystiolaeth trosolwg ymarfer ymchwil ysbyty wardiau cynllun dewis gwrando cyfeillgarwch
	anrheg anrhegion arian cwrdd cwmni ffonio galwad mabwysiadu ystyr golygu golyga gwahaniaeth unigolyn personol wythnosol misol atgoffa crynodeb themau
`)

func weigh(n int, list string) map[string]int {
	m := make(map[string]int)
	for _, w := range strings.Fields(list) {
		if len(w) > 1 {
			m[w] = n
		}
	}
	return m
}

func keys(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[Demutate(w)] = true
	}
	return m
}
