package modules

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"

	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

// A client asks the proxies.
type client struct {
	http *http.Client
	env  environment
}

// newHTTP is a client for proxies on the net and in folders: GOPROXY=file:///folder.
func newHTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	return &http.Client{Transport: transport}
}

// ask returns what the first proxy that has it answers for a file of a module, such
// as "@v/list". The error is an fs.ErrNotExist if no proxy has it.
func (c *client) ask(ctx context.Context, path, file string) ([]byte, error) {
	escaped, err := module.EscapePath(path)
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	switch {
	case c.env.vendorOnly:
		return nil, fmt.Errorf("modules: %s is not in the cache, and GOFLAGS=-mod=vendor forbids to fetch it", path)
	case c.env.private(path):
		return nil, fmt.Errorf("modules: GONOPROXY or GOPRIVATE keeps %s from the proxies, and nothing else is asked; "+
			"%%get ./folder takes a copy of it", path)
	}
	var first error // of the proxies, the one that says most
	for _, p := range c.env.proxies {
		body, err := c.askOne(ctx, p, path, "/"+escaped+"/"+file)
		if err == nil {
			return body, nil
		}
		if first == nil || errors.Is(first, fs.ErrNotExist) && p.url != "direct" {
			first = err
		}
		if !p.fallback && !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if first == nil {
		first = fmt.Errorf("modules: GOPROXY lists no proxy to ask for %s", path)
	}
	return nil, first
}

func (c *client) askOne(ctx context.Context, p proxy, path, file string) ([]byte, error) {
	switch p.url {
	case "off":
		return nil, fmt.Errorf("modules: %s is not in the cache, and GOPROXY=off forbids to fetch it", path)
	case "direct":
		return nil, fmt.Errorf("modules: %s: direct in GOPROXY needs version control, which Gradbook does without: %w", path, fs.ErrNotExist)
	}
	return c.get(ctx, p.url+file)
}

// get reads a page. One that is not there, or was withdrawn, is an fs.ErrNotExist.
func (c *client) get(ctx context.Context, url string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("modules: %s: %w", url, fs.ErrNotExist)
	default:
		return nil, fmt.Errorf("modules: %s: %s", url, response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, modzip.MaxZipFile+1))
	if err != nil {
		return nil, fmt.Errorf("modules: %s: %w", url, err)
	}
	if len(body) > modzip.MaxZipFile {
		return nil, fmt.Errorf("modules: %s: more than %d bytes", url, modzip.MaxZipFile)
	}
	return body, nil
}
