package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/lzw"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"database/sql"
	"encoding/ascii85"
	"encoding/asn1"
	"encoding/base32"
	"encoding/csv"
	"encoding/gob"
	"encoding/pem"
	"expvar"
	"fmt"
	"html"
	htmpl "html/template"
	"image"
	"image/color"
	"image/png"
	"index/suffixarray"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"os/user"
	"runtime/metrics"
	"runtime/pprof"
	"strings"
	"testing"
	"testing/fstest"
	"testing/quick"
	"text/scanner"
	"time"
	"unicode/utf16"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type G struct {
	A int
	B []string
	M map[string]float64
	P *G
	I any
}

func main() {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	zw.Write(bytes.Repeat([]byte("hello "), 1000))
	zw.Close()
	fmt.Println(buf.Len())
	b := must(io.ReadAll(must(gzip.NewReader(&buf))))
	fmt.Println(len(b))
	fw := must(flate.NewWriter(&buf, 9))
	fw.Write(b)
	fw.Close()
	fmt.Println(len(must(io.ReadAll(flate.NewReader(&buf)))))
	zl := zlib.NewWriter(&buf)
	zl.Write(b)
	zl.Close()
	fmt.Println(len(must(io.ReadAll(must(zlib.NewReader(&buf))))))
	lw := lzw.NewWriter(&buf, lzw.LSB, 8)
	lw.Write(b)
	lw.Close()
	fmt.Println(buf.Len())
	_, err := io.ReadAll(bzip2.NewReader(strings.NewReader("BZh9xx")))
	fmt.Println(err)

	buf.Reset()
	tw := tar.NewWriter(&buf)
	tw.WriteHeader(&tar.Header{Name: "x", Size: 3, Mode: 0o644, ModTime: time.Unix(1, 0)})
	tw.Write([]byte("abc"))
	tw.Close()
	tr := tar.NewReader(&buf)
	h := must(tr.Next())
	fmt.Println(h.Name, string(must(io.ReadAll(tr))))
	buf.Reset()
	z := zip.NewWriter(&buf)
	f := must(z.Create("f"))
	f.Write([]byte("zipped"))
	z.Close()
	zr := must(zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len())))
	fmt.Println(zr.File[0].Name, string(must(io.ReadAll(must(zr.File[0].Open())))))

	blk := must(aes.NewCipher([]byte("0123456789abcdef")))
	gcm := must(cipher.NewGCM(blk))
	ct := gcm.Seal(nil, make([]byte, 12), []byte("secret"), nil)
	fmt.Printf("%x %s\n", ct, must(gcm.Open(nil, make([]byte, 12), ct, nil)))
	st := cipher.NewCTR(blk, make([]byte, 16))
	st.XORKeyStream(ct, ct)
	fmt.Printf("%x\n", ct)
	mac := hmac.New(sha256.New, []byte("k"))
	mac.Write([]byte("m"))
	fmt.Printf("%x %x\n", mac.Sum(nil), sha512.Sum512([]byte("a")))
	pk := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	sig := must(ecdsa.SignASN1(rand.Reader, pk, ct[:16]))
	fmt.Println(ecdsa.VerifyASN1(&pk.PublicKey, ct[:16], sig))
	pub, priv, _ := ed25519.GenerateKey(nil)
	fmt.Println(ed25519.Verify(pub, []byte("m"), ed25519.Sign(priv, []byte("m"))))
	rk := must(rsa.GenerateKey(rand.Reader, 1024))
	fmt.Println(rk.Validate())

	buf.Reset()
	gob.Register(G{})
	fmt.Println(gob.NewEncoder(&buf).Encode(G{1, []string{"a"}, map[string]float64{"x": 2}, &G{A: 5}, G{A: 9}}))
	var g G
	fmt.Println(gob.NewDecoder(&buf).Decode(&g), g.A, g.B, g.M, g.P.A, g.I.(G).A)
	rec := must(csv.NewReader(strings.NewReader("a,\"b,c\"\nd,e\n")).ReadAll())
	fmt.Println(rec, base32.StdEncoding.EncodeToString([]byte("x")))
	dst := make([]byte, 20)
	fmt.Println(ascii85.Encode(dst, []byte("abcd")), string(pem.EncodeToMemory(&pem.Block{Type: "T", Bytes: []byte("x")})))
	ab := must(asn1.Marshal(struct {
		A int
		B string
	}{5, "x"}))
	fmt.Printf("%x\n", ab)
	_ = expvar.NewInt("n")
	fmt.Println(html.EscapeString("<a&b>"), html.UnescapeString("&eacute;&lt;"))
	htmpl.Must(htmpl.New("x").Parse(`<a href="{{.}}">{{.}}</a><script>var x = {{.}};</script>`+"\n")).Execute(os.Stdout, `"><script>`)
	im := image.NewRGBA(image.Rect(0, 0, 3, 3))
	im.Set(1, 1, color.RGBA{255, 0, 0, 255})
	buf.Reset()
	png.Encode(&buf, im)
	im2 := must(png.Decode(&buf))
	fmt.Println(im2.At(1, 1), im2.Bounds())
	fmt.Println(len(suffixarray.New([]byte("banana")).Lookup([]byte("ana"), -1)))
	lg := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}}))
	lg.With("a", 1).WithGroup("g").Info("msg", "k", []int{1}, "e", io.EOF)
	fmt.Println(mime.TypeByExtension(".html"), mime.FormatMediaType("text/x", map[string]string{"a": "b c"}))
	mw := multipart.NewWriter(&buf)
	mw.SetBoundary("bbb")
	mw.WriteField("f", "v")
	mw.Close()
	form := must(multipart.NewReader(&buf, "bbb").ReadForm(1000))
	fmt.Println(form.Value)
	fmt.Println(must(mail.ParseAddress("Bob <bob@x.org>")), netip.MustParsePrefix("10.0.0.0/8").Contains(netip.MustParseAddr("10.1.1.1")))
	u := must(url.Parse("http://u:p@h:80/p?q=1&q=2#f"))
	fmt.Println(u.Host, u.Query()["q"], u.Fragment, u.User, url.QueryEscape("a b&"))
	_, err = user.Current()
	fmt.Println(err)
	s := []metrics.Sample{{Name: "/sched/goroutines:goroutines"}, {Name: "/nope"}}
	metrics.Read(s)
	fmt.Println(s[0].Value.Uint64() > 0, s[1].Value.Kind())
	fmt.Println(pprof.Lookup("goroutine").Count() > 0, pprof.Lookup("heap").Count() >= 0)
	pprof.StartCPUProfile(io.Discard)
	pprof.StopCPUProfile()
	_, err = sql.Open("nodriver", "")
	fmt.Println(err)
	fs := fstest.MapFS{"a/b": {Data: []byte("x")}}
	fmt.Println(fstest.TestFS(fs, "a/b"))
	fmt.Println(quick.Check(func(a, b int) bool { return a+b == b+a }, nil))
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
		}
	})
	fmt.Println(r.N > 0, testing.AllocsPerRun(10, func() {}))
	var sc scanner.Scanner
	sc.Init(strings.NewReader("x := 3.14 // c"))
	for t := sc.Scan(); t != scanner.EOF; t = sc.Scan() {
		fmt.Print(sc.TokenText(), "|")
	}
	fmt.Println(utf16.Encode([]rune("a😀")))
}
