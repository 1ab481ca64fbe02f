// What runs as assembly in stock, over inputs of lengths around its blocks' sizes: digests, ciphers, curves, big numbers.
package main

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"fmt"
	"math/big"
)

func main() {
	buf := make([]byte, 3000)
	for i := range buf {
		buf[i] = byte(i * i >> 3)
	}
	for _, n := range []int{0, 1, 55, 64, 127, 128, 200, 1000, 3000} {
		b := buf[:n]
		fmt.Printf("%d %x %x %x %x %x\n", n, md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum384(b), sha3.Sum224(b))
	}
	for _, n := range []int{16, 24, 32} {
		c, _ := aes.NewCipher(buf[100 : 100+n])
		gcm, _ := cipher.NewGCM(c)
		for _, n := range []int{0, 15, 16, 200, 2999} {
			out := gcm.Seal(nil, buf[:12], buf[:n], buf[:n/3])
			back, err := gcm.Open(nil, buf[:12], out, buf[:n/3])
			fmt.Printf("%x %v\n", sha256.Sum256(out), err == nil && string(back) == string(buf[:n]))
			out[0] ^= 1
			if _, err := gcm.Open(nil, buf[:12], out, buf[:n/3]); err == nil {
				fmt.Println("opened though changed")
			}
			cipher.NewCTR(c, buf[:16]).XORKeyStream(out, out)
			out = out[:n/16*16]
			cipher.NewCBCEncrypter(c, buf[:16]).CryptBlocks(out, out)
			fmt.Printf("%x\n", sha256.Sum256(out))
		}
	}
	subtle.XORBytes(buf, buf[:2001], buf[500:2500])
	fmt.Printf("%x\n", sha256.Sum256(buf))

	p, _ := ecdh.P256().NewPrivateKey(buf[3:35])
	x, _ := ecdh.X25519().NewPrivateKey(buf[3:35])
	shared, err := p.ECDH(p.PublicKey())
	fmt.Printf("%x %x %x %v\n", p.PublicKey().Bytes(), x.PublicKey().Bytes(), shared, err)
	ed := ed25519.NewKeyFromSeed(buf[:32])
	fmt.Printf("%x\n", ed25519.Sign(ed, buf))
	k, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	sig, err := ecdsa.SignASN1(rand.Reader, k, buf[:32])
	fmt.Println(ecdsa.VerifyASN1(&k.PublicKey, buf[:32], sig), ecdsa.VerifyASN1(&k.PublicKey, buf[1:33], sig), err)
	r, _ := rsa.GenerateKey(rand.Reader, 2048)
	sig, err = rsa.SignPKCS1v15(nil, r, crypto.SHA256, buf[:32])
	fmt.Println(rsa.VerifyPKCS1v15(&r.PublicKey, crypto.SHA256, buf[:32], sig), err)

	z := new(big.Int).Exp(big.NewInt(3), big.NewInt(5000), nil)
	for _, n := range []int64{1, 2, 3, 60} {
		d := new(big.Int).Exp(big.NewInt(1e18+9), big.NewInt(n), nil)
		q, m := new(big.Int).DivMod(z, d, new(big.Int))
		back := new(big.Int).Add(new(big.Int).Mul(q, d), m)
		fmt.Println(q, m, back.Cmp(z))
		fmt.Println(new(big.Int).Sqrt(q), q.Lsh(q, 13), q.Rsh(q, 77), q.Sub(q, d))
	}
}
