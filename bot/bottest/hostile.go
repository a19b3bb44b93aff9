package bottest

import "strings"

// Hostile is texts that try to be more than text, and texts that break
// careless code. Every renderer, parser and store must take each of them
// without fault, and none may become a mention, markup or a control code.
func Hostile() map[string]string {
	return map[string]string{
		"a Slack channel call":       "<!channel> <!here> <!everyone>",
		"a Slack mention":            "<@U0123456789> <#C0123456789|general> <!subteam^S012|team>",
		"a Slack link":               "<https://evil.example|https://nhs.uk>",
		"Slack entities":             "&lt;!channel&gt; &amp;lt; &lt;@U1&gt;",
		"a Teams mention":            "<at>Everyone</at> hello",
		"the end of a Teams mention": "</at><at>Admin</at>",
		"a mention of everyone":      "@everyone @here @channel",
		"HTML":                       `<script>alert(1)</script><img src=x onerror="alert(1)">&nbsp;<b>bold</b>`,
		"an attribute's end":         `"><svg onload=alert(1)>' onmouseover='x`,
		"Markdown":                   "*bold* _it_ ~st~ `code` ```block``` > quote\n# head\n- item\n1. one\n[a](https://evil.example) ![x](y)",
		"a table in Markdown":        "| a | b |\n|---|---|\n| 1 | 2 |",
		"a template":                 "{{.Secret}} ${PATH} %s %d %!v(MISSING) {{DATE(2026-01-01,SHORT)}}",
		"a turned direction":         "safe \u202egnp.exe\u202c end \u2066isolated\u2069",
		"an open direction":          "\u202e\u2067never closed",
		"zero-width":                 "z\u200be\u200cr\u200do\ufeff\u2060width",
		"control characters":         "a\x01b\x02c\x07d\x1b[31mred\x1b[0m\x7f",
		"NUL":                        "before\x00after",
		"invalid UTF-8":              "bad \xff\xfe\xc3( bytes",
		"line ends":                  "one\r\ntwo\rthree\u2028four\u2029five\n\n\n\n\nsix",
		"only spaces":                " \t\u00a0\u3000 ",
		"nothing":                    "",
		"an emoji":                   "👍",
		"emoji with joiners":         "👩🏽‍⚕️🏴󠁧󠁢󠁷󠁬󠁳󠁿 :smile: :channel:",
		"combining marks":            "Z" + strings.Repeat("\u0301\u0323", 50) + "algo",
		"right to left":              "مرحبا بالعالم שלום עולם",
		"Welsh":                      "Sŵn y môr, tŷ gwyn, ŷd, ffôn, Ŵyl â'r plant",
		"one long word":              strings.Repeat("Llanfairpwllgwyngyll", 200),
		"one long line":              strings.Repeat("word ", 8000),
		"many lines":                 strings.Repeat("line\n", 4000),
		"many emoji":                 strings.Repeat("🧑‍🤝‍🧑", 2000),
		"a command":                  "/kick @admin\n/me waves",
		"a formula":                  "=HYPERLINK(\"https://evil.example\")",
		"a path":                     "../../etc/passwd\\..\\x",
		"JSON":                       `{"type":"AdaptiveCard","body":[]}","x":"`,
	}
}
