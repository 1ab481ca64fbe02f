package rtpanic

import "testing"

func TestGuestName(t *testing.T) {
	for host, want := range map[string]string{
		"rtgen/g/main_/shop.Ʀmain": "main.main",
		"rtgen/g/main_/command-line-arguments.(*T).Ʀf_command_line_arguments":      "main.(*T).f",
		"rtgen/g/main_/command-line-arguments.ʀresume_ꞈTꞏf_command_line_arguments": "main.(*T).f",
		"rtgen/g/main_/shop.ʀslow_ꞈTꞏf_shop":                                       "main.(*T).f",
		"rtgen/g/main_/shop.ʀmk_mainꞏfunc1.func1":                                  "main.main.func1",
		"rtgen/g/main_/shop.ʀꞈTꞏMꞏfunc1ꞏ2":                                         "main.(*T).M.func1.2",
		"rtgen/g/main_/shop.ʀTꞏMꞏfunc1":                                            "main.T.M.func1",
		"rtgen/g/main_/shop.ʀresume_T_M":                                           "main.T_M",
		"rtgen/g/main_/shop.ʀmk_Test_xꞌꞏfunc1ꟷrange1.func1":                        "main.Test_x[...].func1-range1",
		"rtgen/g/a/internal_/b.(*ƦT).Get":                                          "a/internal/b.(*T).Get",
		"rtgen/g/gopkg.in/yaml%2ev3.Marshal":                                       "gopkg.in/yaml.v3.Marshal",
		"rtgen/sched.(*worker).run":                                                "",
		"runtime.gopanic":                                                          "",
		"rtgen/g/main_/shop.Ʀːstart":                                               "",
		"rtgen/g/main_/shop.ʀresume_ːstart":                                        "",
		"rtgen/g/main_/shop.Ʀgenericː06e4842c":                                     "main.generic[...]",
		"rtgen/g/main_/shop.(*ƦListː06e4842c).Push":                                "main.(*List[...]).Push",
		"rtgen/g/main_/shop.ʀmk_mainꞏfunc1ː2.func1":                                "main.main.func1",
	} {
		if got := guestName(host); got != want {
			t.Errorf("%s is %q, want %q", host, got, want)
		}
	}
	for host, guest := range map[string]string{"main.(*T).f": "main.T.f", "main.G[...]": "main.G[...]", "main.T_M": "main.(*T).M"} {
		if !sameName(host, guest) {
			t.Errorf("%s and %s differ", host, guest)
		}
	}
}
