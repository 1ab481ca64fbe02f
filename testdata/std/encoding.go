package main

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"strings"
	"time"
)

type inner struct {
	X int     `json:"x,omitempty" xml:"x,attr"`
	Y float64 `json:"y"`
}

type rec struct {
	XMLName xml.Name          `json:"-" xml:"rec"`
	Name    string            `json:"name" xml:"name"`
	Tags    []string          `json:"tags" xml:"tags>tag"`
	In      *inner            `json:"in,omitempty" xml:"in"`
	M       map[string]any    `json:"m" xml:"-"`
	E       map[string]inner  `json:"e,omitempty" xml:"-"`
	When    time.Time         `json:"when" xml:"when"`
	Raw     json.RawMessage   `json:"raw,omitempty" xml:"-"`
	B       []byte            `json:"b" xml:"-"`
	Iface   fmt.Stringer      `json:"iface" xml:"-"`
	P       map[int]*string   `json:"p,omitempty" xml:"-"`
	private int
}

func main() {
	r := rec{Name: "n<>&", Tags: []string{"a", "b"}, In: &inner{1, 2.5}, M: map[string]any{"k": []any{1, "s", nil, true}}, When: time.Unix(0, 0).UTC(), Raw: json.RawMessage(`{"q":1}`), B: []byte("bin")}
	b, err := json.Marshal(r)
	fmt.Println(string(b), err)
	b, err = json.MarshalIndent(map[string]any{"z": 1, "a": []int{}}, "", "  ")
	fmt.Println(string(b), err)
	var q rec
	err = json.Unmarshal([]byte(`{"name":"x","tags":["q"],"in":{"x":3,"y":1e3},"m":{"a":{"b":[1,2.5,"x"]}},"e":{"k":{"x":1}},"b":"Ymlu","p":{"5":"five"}}`), &q)
	fmt.Println(err, q.Name, q.Tags, *q.In, q.M, q.E, string(q.B), *q.P[5])
	err = json.Unmarshal([]byte(`{"name":5}`), &q)
	fmt.Println(err)
	err = json.Unmarshal([]byte(`{"name":`), &q)
	fmt.Println(err)
	dec := json.NewDecoder(strings.NewReader(`{"a":1} {"b":2}`))
	for dec.More() {
		var v map[string]int
		fmt.Println(dec.Decode(&v), v)
	}
	b, err = xml.MarshalIndent(r, "", " ")
	fmt.Println(string(b), err)
	var xr rec
	fmt.Println(xml.Unmarshal(b, &xr), xr.Name, xr.Tags, *xr.In)

	fmt.Printf("%x\n%x\n%x\n", md5.Sum([]byte("abc")), sha256.Sum256([]byte("abc")), sha1.Sum([]byte("abc")))
	fmt.Println(subtle.ConstantTimeCompare([]byte("a"), []byte("a")))
	fmt.Println(crc32.ChecksumIEEE([]byte("hello world")), crc32.Checksum([]byte("hello world"), crc32.MakeTable(crc32.Castagnoli)), crc64.Checksum([]byte("x"), crc64.MakeTable(crc64.ISO)), adler32.Checksum([]byte("abc")))
	h := fnv.New64a()
	h.Write([]byte("abc"))
	fmt.Println(h.Sum64())
	sd := maphash.MakeSeed()
	fmt.Println(maphash.String(sd, "a") == maphash.String(sd, "a"), maphash.Comparable(sd, inner{1, 2}) == maphash.Comparable(sd, inner{1, 2}))
	e := base64.StdEncoding.EncodeToString([]byte("any carnal pleas"))
	d, _ := base64.URLEncoding.DecodeString("_-8=")
	fmt.Println(e, d, hex.EncodeToString([]byte("hi")))
	fmt.Print(hex.Dump([]byte("0123456789abcdefXYZ")))
	var buf bytes.Buffer
	binary.Write(&buf, binary.BigEndian, struct {
		A uint16
		B int32
	}{1, -2})
	fmt.Println(buf.Bytes(), binary.LittleEndian.Uint32([]byte{1, 2, 3, 4}), binary.AppendUvarint(nil, 300))
	var st struct {
		A uint16
		B int32
	}
	binary.Read(&buf, binary.BigEndian, &st)
	fmt.Println(st)

	a := new(big.Int).Exp(big.NewInt(3), big.NewInt(200), nil)
	fmt.Println(a, a.BitLen(), new(big.Int).Mod(a, big.NewInt(1000007)), new(big.Int).Sqrt(a))
	f, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(new(big.Int).Mul(a, f), f.ProbablyPrime(10), new(big.Rat).SetFrac64(10, 4), new(big.Int).GCD(nil, nil, big.NewInt(48), big.NewInt(36)))
	bf, _, _ := big.ParseFloat("1.5e100", 10, 200, big.ToNearestEven)
	fmt.Println(bf.Text('g', 30), new(big.Float).SetPrec(100).Quo(big.NewFloat(1), big.NewFloat(3)))
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Pow(2, 0.5), math.Sin(1), math.Inf(1), math.NaN(), math.MaxUint64 == uint64(math.MaxUint64), math.Mod(7, 3), math.Hypot(3, 4), math.Log(10), math.Exp(1), math.Max(1, math.NaN()), math.FMA(2, 3, 4), math.Cbrt(27), math.Gamma(5))
	fmt.Println(bits.LeadingZeros64(1), bits.OnesCount(255), bits.Reverse8(1), bits.Len(1023), bits.RotateLeft32(1, 31))
	hi, lo := bits.Mul64(1<<63, 6)
	fmt.Println(hi, lo, cmplx.Sqrt(-1), cmplx.Exp(1i*math.Pi))
	func() {
		defer func() { fmt.Println(recover()) }()
		bits.Div64(1, 2, 0)
	}()
}
