package modules

import (
	"cmp"
	"strings"

	"golang.org/x/mod/module"
)

// An environment is what the variables of the go command say about modules.
type environment struct {
	proxies    []proxy
	noProxy    string // globs of modules that must not be asked for at a proxy
	noSum      string // globs of modules that the checksum database does not know
	database   string // name, name+key, or either and an address; "" is none
	vendorOnly bool   // GOFLAGS has -mod=vendor: nothing is to be fetched
}

// A proxy is one element of GOPROXY.
type proxy struct {
	url      string // or "direct" or "off"
	fallback bool   // whatever its error is, the next one is asked
}

// environmentFrom reads the variables.
func environmentFrom(get func(string) string) environment {
	private := get("GOPRIVATE")
	e := environment{
		proxies:  proxies(cmp.Or(get("GOPROXY"), "https://proxy.golang.org,direct")),
		noProxy:  cmp.Or(get("GONOPROXY"), private),
		noSum:    cmp.Or(get("GONOSUMDB"), private),
		database: cmp.Or(get("GOSUMDB"), "sum.golang.org"),
	}
	if e.database == "off" || get("GONOSUMCHECK") == "1" {
		e.database = ""
	}
	for _, flag := range strings.Fields(get("GOFLAGS")) {
		e.vendorOnly = e.vendorOnly || strings.TrimLeft(flag, "-") == "mod=vendor"
	}
	return e
}

// proxies takes a list apart. After a comma the next proxy is asked only if the one
// before does not have the module, after a bar whatever went wrong.
func proxies(list string) []proxy {
	var all []proxy
	for list != "" {
		url, rest := list, ""
		fallback := false
		if i := strings.IndexAny(list, ",|"); i >= 0 {
			url, rest, fallback = list[:i], list[i+1:], list[i] == '|'
		}
		if url = strings.TrimSpace(url); url != "" {
			all = append(all, proxy{strings.TrimSuffix(url, "/"), fallback})
		}
		list = rest
	}
	return all
}

// checked reports whether the checksum database is asked about a module.
func (e environment) checked(path string) bool {
	return e.database != "" && !module.MatchPrefixPatterns(e.noSum, path)
}

// private reports whether a module must not be asked for at a proxy.
func (e environment) private(path string) bool {
	return module.MatchPrefixPatterns(e.noProxy, path)
}
