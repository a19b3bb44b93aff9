package teams

import (
	"embed"
	"net/http"
)

//go:embed pages
var pages embed.FS

// mountPages serves the pages that the app package points to, in both
// languages: what Cymar is, what it does with data, and on what terms.
func mountPages(mux *http.ServeMux) {
	for path, file := range map[string]string{"GET /{$}": "about.html", "GET /privacy": "privacy.html", "GET /terms": "terms.html"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			body, err := pages.ReadFile("pages/" + file)
			if err != nil {
				http.Error(w, "not there", http.StatusNotFound)
				return
			}
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
			h.Set("X-Content-Type-Options", "nosniff")
			_, _ = w.Write(body)
		})
	}
}
