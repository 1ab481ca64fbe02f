package main

import (
	"fmt"
	"time"
)

func main() {
	t0 := time.Now()
	time.Sleep(3 * time.Millisecond)
	d := time.Since(t0)
	fmt.Println(d >= 3*time.Millisecond, d < 3*time.Second)

	tm := time.NewTimer(time.Hour)
	fmt.Println(tm.Stop(), tm.Reset(time.Millisecond))
	<-tm.C
	fired := make(chan int)
	time.AfterFunc(time.Millisecond, func() { fired <- 1 })
	fmt.Println(<-fired)
	tk := time.NewTicker(time.Millisecond)
	for i := 0; i < 3; i++ {
		<-tk.C
	}
	tk.Stop()
	select {
	case <-tk.C:
		fmt.Println("tick after stop")
	case <-time.After(3 * time.Millisecond):
		fmt.Println("stopped")
	}

	u := time.Date(2024, time.February, 29, 23, 59, 58, 123456789, time.UTC)
	fmt.Println(u, u.Weekday(), u.YearDay(), u.Unix())
	fmt.Println(u.Add(36*time.Hour).Format(time.RFC1123Z), u.Truncate(time.Hour).Format(time.Kitchen))
	p, err := time.Parse(time.RFC3339Nano, "2023-11-05T01:02:03.000000004+02:00")
	fmt.Println(p, err, p.UTC())
	_, err = time.Parse(time.DateOnly, "2023-13-01")
	fmt.Println(err)
	dd, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(dd, err, dd.Round(time.Minute), dd.Hours())
	z := time.FixedZone("XYZ", 3*3600+1800)
	fmt.Println(u.In(z), u.In(z).Equal(u), u.Before(p))
	b, _ := u.MarshalJSON()
	fmt.Println(string(b))
	y, w := u.ISOWeek()
	fmt.Println(y, w, time.Month(5), time.Saturday)
}
