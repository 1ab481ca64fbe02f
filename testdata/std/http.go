package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello %s %s", r.PathValue("name"), r.URL.Query().Get("q"))
	})
	mux.HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, r.Body)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	for i := 0; i < 3; i++ {
		resp, err := http.Get(s.URL + "/hello/bob?q=" + fmt.Sprint(i))
		if err != nil {
			fmt.Println(err)
			return
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(resp.StatusCode, string(b), err)
	}
	resp, err := http.Post(s.URL+"/echo", "text/plain", strings.NewReader("body"))
	b, _ := io.ReadAll(resp.Body)
	fmt.Println(string(b), err)
	ts := httptest.NewTLSServer(mux)
	defer ts.Close()
	resp, err = ts.Client().Get(ts.URL + "/hello/tls")
	if err != nil {
		fmt.Println(err)
		return
	}
	b, _ = io.ReadAll(resp.Body)
	fmt.Println(resp.Proto, string(b), resp.TLS != nil)
}
