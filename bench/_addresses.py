"""Addresses that the gateway must never connect to, and spellings that try to hide one.

Used by the tests of the guard and by `bench/hostile.py`.
"""

from __future__ import annotations

# 44 addresses out of the IANA special-purpose registries, mapped and embedded forms among them.
SPECIAL = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("100.100.100.200", "192.0.0.1", "192.0.0.8", "192.0.0.192", "192.0.2.1", "198.51.100.1"),
    *("203.0.113.1", "198.18.0.1", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255"),
    *("0.0.0.0", "0.1.2.3", "192.88.99.1", "::1", "::", "::ffff:127.0.0.1"),  # noqa: S104 - an address under test
    *("::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:7f00:1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::"),
    *("2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1", "fc00::1"),
    *("fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "5f00::1", "3fff::1"),
    *("2001:10::1",),
)

# Ordinary addresses that a rule must let through, two of them in forms that hold an IPv4 address.
PUBLIC = (
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111"),
    *("2a00:1450:4001::1", "64:ff9b::101:101", "::ffff:8.8.8.8"),
)

# Each of these names this machine, or tries to, in one of the spellings that resolvers, browsers or
# careless parsers understand.
DISGUISES = (
    *("http://localhost/", "http://LOCALHOST./", "http://127.0.0.1/", "http://127.1/"),
    *("http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/"),
    *("http://0177.0.0.1/", "http://017700000001/", "http://0/", "http://0.0.0.0/"),
    *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    *("http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/"),
    *("http://[::127.0.0.1]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://１２７.0.0.1/"),
    *("http://%31%32%37.0.0.1/", "http://one.example@127.0.0.1/"),
    *("http://one.example:80@127.0.0.1/", "http://127.0.0.1#@one.x/"),
    *("http://127.0.0.1\\@one.example/", "http://one.example\\@127.0.0.1/"),
    *("http:///127.0.0.1/", "http://127.0.0.1\t/", "http://127.0.0.1%00.one.example/"),
    *("http://[fe80::1%25lo]/", "http://", "http:127.0.0.1/", "//127.0.0.1/", "127.0.0.1"),
    *("ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "data:,x"),
    *("http://[::1", "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "javascript:alert(1)"),
    *("unix:/run/x.sock", "http://①②⑦.⓪.⓪.①:80/", "", "\u0000"),
)
