package grammar

// Doubtful tells whether a statement, or what is left of one that was cut,
// would puzzle a reader who was not there.
func Doubtful(text string) bool { return doubtful(text) }

// doubtful tells whether what a sentence was turned into would puzzle a reader
// who was not there: it points at the chat or at that day, leaves a pronoun
// without what it stands for, or was read wrongly.
func doubtful(text string) bool {
	ws := Parse(text)
	if len(ws) == 0 {
		return true
	}
	return someoneSpeaks(ws) || ofTheChat(ws) || dangling(ws) || strung(ws) || calls(ws) || figured(ws) || halved(ws) || labelled(ws) || passing(ws) || wished(ws) || unled(ws)
}

// someoneSpeaks: "nothing you type will be written up": somebody still speaks in it.
func someoneSpeaks(ws []Word) bool {
	for _, w := range ws {
		switch w.Lower {
		case "i", "me", "my", "mine", "we", "our", "ours", "you", "your", "yours":
			return true
		}
	}
	return false
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
		case w.Lower == "last" && i+1 < len(ws) && (ws[i+1].Lower == "night" || ws[i+1].Lower == "week"):
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
	for i := 2; i+1 < n; i++ {
		if ws[i].Lower == "it" && ws[i+1].Tag == Mark && ws[i-1].Lower == "for" && stands[ws[i-2].Lower] {
			return true // "the place for it, as long as …"
		}
	}
	for i := 1; i+2 < n; i++ {
		if ws[i].Tag == Be && ws[i+1].Lower == "the" && i+3 >= n && stands[ws[i+2].Lower] {
			return true
		}
	}
	return false
}

// stands are nouns that say nothing of a thing that is "the" one.
var stands = setOf("word one thing bit point way place time")

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
	return every > 0 || sparely(ws) || ws[0].Lower == "everything" && len(ws) > 2 && ws[1].Tag == Be && has(ws, "and")
}

// countable are nouns that a figure may follow.
var countable = setOf("band level week weeks day year stage grade tier section part page step at")

// calls: "take a breath everyone".
func calls(ws []Word) bool {
	n := len(ws)
	return n > 2 && (ws[n-1].Lower == "everyone" || ws[n-1].Lower == "everybody" || ws[n-1].Lower == "folks") && (ws[n-2].Tag == Noun || ws[n-2].Tag == Adj) && ws[0].Tag == IngV
}

// figured: "forty minutes of a shift on hold to the helpdesk", "sixty waiting": one
// place on one day.
func figured(ws []Word) bool {
	return len(ws) > 1 && ws[0].Tag == Num && (spans[ws[1].Lower] || ws[1].Tag == IngV || ws[1].Lower == "waiting")
}

// sparely: "fewer applicants, better fit", "first shop, first bus".
func sparely(ws []Word) bool {
	k := 0
	for k < len(ws) && ws[k].Tag == Det && !degrees[ws[k].Lower] {
		k++
	}
	if k+3 >= len(ws) || !degrees[ws[k].Lower] {
		return false
	}
	for i := k + 1; i+1 < len(ws); i++ {
		if ws[i].Tag == Mark && degrees[ws[i+1].Lower] {
			return true
		}
		if ws[i].Tag == Mark || isFinite(ws, i) {
			return false
		}
	}
	return false
}

var degrees = setOf("fewer more less better worse first last")

// unled: "they" and nobody before whom it could mean: "the letter says that
// they wait". What one person would like is theirs; of what is done, the
// paragraph says to whom.
func unled(ws []Word) bool {
	if t := ws[0].Tag; t == Modal || t == IngV || viewed[ws[0].Lower] {
		return false
	}
	for _, w := range ws {
		switch {
		case w.Lower == "they" || w.Lower == "them":
			return true
		case w.Tag == Noun && (isPlural(loadLexis(), w.Lower) || IsPerson(w.Lower)), w.Tag == Pron && indefinite[w.Lower], w.Lower == "people", w.Lower == "someone", w.Lower == "who":
			return false
		}
	}
	return false
}

var viewed = setOf("did wanted preferred valued")

// halved: the other half of what was said is missing: "a peer bank would be
// better", "schools only think in terms", "people support people one valley
// over", "the farm has got risk assessment".
func halved(ws []Word) bool {
	n := len(ws)
	last := ws[n-1].Lower
	switch {
	case n < 3:
		return false
	case (last == "better" || last == "worse") && ws[n-2].Tag == Be,
		last == "longest" || last == "shortest" || last == "once" && n > 4,
		last == "choice" && n > 3 && ws[n-2].Lower == "the" && ws[n-3].Tag == Noun,
		last == "anyone" && ws[n-2].Tag == Be,
		last == "hands" && ws[n-2].Lower == "changes",
		n > 3 && ws[n-2].Lower == "until" && (months[last] || last == "march" || last == "may"),
		last == "terms" && ws[n-2].Lower == "in",
		last == "end" && n > 3 && ws[n-2].Lower == "the" && ws[n-3].Lower == "at",
		last == "over" && (ws[n-2].Tag == Noun || ws[n-2].Tag == Adj) && ws[n-3].Tag == Num,
		n > 3 && ws[0].Lower == "people" && ws[2].Lower == "people":
		return true
	}
	for i := 1; i+1 < n; i++ {
		if ws[i].Lower == "got" && ws[i-1].Tag == Have && ws[i+1].Tag == Noun && nounRun(ws, i+1) == n && !isPlural(loadLexis(), last) && !IsMass(last) {
			return true
		}
	}
	return false
}

// labelled: what a form has printed on it: "the leaver form says personal
// reasons".
func labelled(ws []Word) bool {
	for i := 1; i+1 < len(ws); i++ {
		if (ws[i].Lower == "says" || ws[i].Lower == "states") && (ws[i+1].Tag == Base || i+2 < len(ws) && ws[i+2].Lower == "everything") {
			return true // "the policy states decline everything"
		}
		if ws[i].Lower == "says" && !IsPerson(ws[i-1].Lower) && ws[i-1].Tag == Noun && nounRun(ws, i+1) == len(ws) {
			return true
		}
	}
	return false
}

// passing: a remark that holds for the moment only: "a number is lazy", "eleven
// tickets came in".
func passing(ws []Word) bool {
	n := len(ws)
	if n == 4 && (ws[0].Lower == "a" || ws[0].Lower == "an") && ws[1].Tag == Noun && ws[2].Tag == Be && ws[3].Tag == Adj {
		return true
	}
	return n > 3 && ws[0].Tag == Num && arrivals[ws[n-2].Lower] && ws[n-1].Tag == Prep
}

var arrivals = setOf("came went rang got dropped turned")

// wished: a request to the room: "a template would be so useful".
func wished(ws []Word) bool {
	n := len(ws)
	if n < 5 || !pleases[ws[n-1].Lower] || ws[0].Lower != "a" && ws[0].Lower != "an" {
		return false
	}
	i := n - 2
	for i > 1 && ws[i].Lower != "be" && ws[i].Lower != "would" {
		if ws[i].Tag != Adv && ws[i].Lower != "so" {
			return false
		}
		i--
	}
	return ws[i].Lower == "be" && ws[i-1].Lower == "would"
}

var pleases = setOf("useful helpful great handy good lovely perfect interesting")
