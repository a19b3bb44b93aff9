package grammar

// doubtful tells whether what a sentence was turned into would puzzle a reader
// who was not there: it points at the chat or at that day, leaves a pronoun
// without what it stands for, or was read wrongly.
func doubtful(text string) bool {
	ws := Parse(text)
	return ofTheChat(ws) || dangling(ws) || strung(ws) || calls(ws) || figured(ws)
}

// ofTheChat: "the wording is up in files", "places to ring are on the last
// slide", "welfare advice can do a lunchtime in December".
func ofTheChat(ws []Word) bool {
	for i, w := range ws {
		switch {
		case chatThings[w.Lower] && (i == 0 || ws[i-1].Lower != "of"):
			return true
		case months[w.Lower] && i > 0 && (ws[i-1].Tag == Prep || ws[i-1].Tag == Noun):
			return true
		case w.Lower == "now" && i+1 == len(ws), w.Lower == "below", w.Lower == "above" && i+1 == len(ws):
			return true
		}
	}
	return false
}

var chatThings = setOf("slide slides files chat thread link links screenshot emoji mute")

var months = setOf("january february april june july august september october november december monday tuesday wednesday thursday friday")

// dangling: "supervision is the place for it", "isolation is the word".
func dangling(ws []Word) bool {
	n := len(ws)
	if n > 2 && (ws[n-1].Lower == "it" || ws[n-1].Lower == "them") && ws[n-2].Tag == Prep {
		return true
	}
	for i := 1; i+2 < n; i++ {
		if ws[i].Tag == Be && ws[i+1].Lower == "the" && i+3 >= n && stands[ws[i+2].Lower] {
			return true
		}
	}
	return false
}

// stands are nouns that say nothing of a thing that is "the" one.
var stands = setOf("word one thing bit point way")

// strung: "every poster every zine every group", "fewer applicants, better fit".
func strung(ws []Word) bool {
	every := 0
	for i, w := range ws {
		if (w.Lower == "every" || w.Lower == "each") && i > 0 && ws[i-1].Tag == Noun && i+1 < len(ws) && !spans[ws[i+1].Lower+"s"] {
			every++
		}
		if (w.Tag == Noun || w.Tag == IngV && i > 0 && ws[i-1].Tag == Noun) && i+1 < len(ws) && ws[i+1].Tag == Num && i > 0 && !has(ws[:i], "to") && !IsDeed(w.Lower) && !countable[w.Lower] {
			return true // "a prison vetting seven to eleven months"
		}
	}
	return every > 0 || ws[0].Lower == "everything" && len(ws) > 2 && ws[1].Tag == Be && has(ws, "and")
}

// countable are nouns that a figure may follow.
var countable = setOf("band level week weeks day year stage grade tier section part page step at")

// calls: "take a breath everyone".
func calls(ws []Word) bool {
	n := len(ws)
	return n > 2 && (ws[n-1].Lower == "everyone" || ws[n-1].Lower == "everybody" || ws[n-1].Lower == "folks") && (ws[n-2].Tag == Noun || ws[n-2].Tag == Adj) && ws[0].Tag == IngV
}

// figured: "forty minutes of a shift on hold to the helpdesk": one person's day.
func figured(ws []Word) bool {
	return len(ws) > 1 && ws[0].Tag == Num && spans[ws[1].Lower]
}
