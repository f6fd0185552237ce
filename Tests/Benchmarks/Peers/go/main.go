// What golang.org/x/oauth2 does with the same work; prints one number.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

const calls = 2000000

func fresh() oauth2.TokenSource {
	token := &oauth2.Token{AccessToken: "token", TokenType: "Bearer", Expiry: time.Now().Add(time.Hour)}
	return oauth2.ReuseTokenSource(token, nil)
}

func source(url string) oauth2.TokenSource {
	config := clientcredentials.Config{ClientID: "client", ClientSecret: "secret", TokenURL: url,
		AuthStyle: oauth2.AuthStyleInHeader}
	return config.TokenSource(context.Background())
}

func read(source oauth2.TokenSource) {
	for i := 0; i < calls; i++ {
		if _, err := source.Token(); err != nil {
			panic(err)
		}
	}
}

func together(count int, work func()) time.Duration {
	var group sync.WaitGroup
	start := time.Now()
	for i := 0; i < count; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			work()
		}()
	}
	group.Wait()
	return time.Since(start)
}

func main() {
	switch os.Args[1] {
	case "fresh":
		tokens := fresh()
		fmt.Println(float64(together(1, func() { read(tokens) }).Nanoseconds()) / calls)
	case "pair":
		tokens := fresh()
		fmt.Println(float64(together(2, func() { read(tokens) }).Nanoseconds()) / calls)
	case "quad":
		tokens := fresh()
		fmt.Println(float64(together(4, func() { read(tokens) }).Nanoseconds()) / calls)
	case "crowd":
		tokens := source(os.Args[2])
		fmt.Println(together(10000, func() { tokens.Token() }).Seconds() * 1000)
	case "down":
		tokens := source(os.Args[2])
		fmt.Println(together(20, func() { tokens.Token() }).Seconds() * 1000)
	case "first":
		if _, err := source(os.Args[2]).Token(); err != nil {
			panic(err)
		}
		fmt.Println(0)
	default:
		os.Exit(64)
	}
}
