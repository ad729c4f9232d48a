// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;

/// Expressions at the edges of the language, in Cedar's syntax; each is a condition.
final class EdgeExpressions {
    /// At least one of every type, at its edges; what fails when it is evaluated is among them.
    private static final List<String> OPERANDS = items("""
            true ; false ; 0 ; 1 ; -1 ; 9223372036854775807 ; -9223372036854775808 ; context.n ; "" ; "a" ; "A" ;
            "a*b" ; "\\u{1F600}" ; context.s ; User::"a" ; User::"none" ; Group::"g" ; NS::Group::"top" ;
            NS::User::"a" ; principal ; resource ; action ; context.e ; context.gone ; [] ; [1] ; [1, 1] ;
            ["a", "b"] ; [[1], [2]] ; [User::"a", 1] ; [User::"none", Group::"g"] ; context.ss ; context.nested ;
            {} ; {"x": {"y": 2}} ; {"x": {"y": 2}, "unmentioned": 1} ; context.r ; principal.r ; context ;
            ip("10.0.0.1") ; ip("10.0.0.1/32") ; ip("10.0.0.0/8") ; context.ip ; ip("::1") ; ip("::/0") ;
            decimal("0.5") ; decimal("0.50") ; decimal("-0.5") ; context.dec ; datetime("1970-01-01") ;
            datetime("1970-01-01T00:00:00.000Z") ; context.at ; duration("0s") ; duration("-0ms") ; context.span ;
            duration("1d") ; context.absent ; principal.absent ; resource.absent ; ip("no") ; context.big + 1""");

    private static final List<String> OPERATORS = items("""
            == ; != ; < ; <= ; > ; >= ; && ; ||""");
    private static final List<String> METHODS = items("""
            contains ; containsAny ; hasTag ; isInRange ; lessThan ; lessThanOrEqual ; greaterThan ;
            greaterThanOrEqual""");
    private static final List<String> TESTS = items("""
            isEmpty ; isIpv4 ; isIpv6 ; isLoopback ; isMulticast""");

    private static final List<String> LONGS = items("""
            0 ; 1 ; -1 ; 2 ; 3037000500 ; -3037000500 ; 4611686018427387904 ; 9223372036854775807 ;
            -9223372036854775808 ; context.big ; true ; context.absent""");

    private static final List<String> TIMES = texts("""
            '1970-01-01' ; '1969-12-31' ; '2024-02-29' ; '2023-02-29' ; '1900-02-29' ; '2000-02-29' ;
            '0000-01-01' ; '9999-12-31' ; '2024-13-01' ; '2024-00-10' ; '2024-04-31' ; '2024-1-1' ;
            '2024-01-01T00:00:00Z' ; '2024-01-01T24:00:00Z' ; '2024-01-01T23:59:60Z' ; '2024-01-01T00:60:00Z' ;
            '2024-01-01T00:00:00.1Z' ; '2024-01-01T00:00:00.123Z' ; '2024-01-01T00:00:00.1234Z' ;
            '2024-01-01T00:00:00+0000' ; '2024-01-01T00:00:00-0000' ; '2024-01-01T00:00:00+2359' ;
            '2024-01-01T00:00:00-2359' ; '2024-01-01T00:00:00+2400' ; '2024-01-01T00:00:00+0060' ;
            '2024-01-01T00:00:00.500-1130' ; '2024-01-01T00:00:00+01:00' ; '2024-01-01T00:00:00' ;
            '2024-01-01T00:00Z' ; '2024-01-01 00:00:00Z' ; '2024-01-01Z' ; '2024-01-01t00:00:00z' ; '' ;
            ' 2024-01-01' ; '2024-01-01 ' ; '+2024-01-01' ; '12024-01-01' ; '-001-01-01' ; '2024-01-0\u0661'""");
    private static final List<String> SPANS = texts("""
            '0s' ; '1d' ; '1h' ; '1m' ; '1s' ; '1ms' ; '1d2h3m4s5ms' ; '1d1d' ; '1h1d' ; '1ms1s' ; '-1d' ; '--1d' ;
            '- 1d' ; '+1d' ; '1' ; 'd' ; '' ; '-' ; '1.5s' ; '1D' ; '1 d' ; '01d' ; '106751991167d' ;
            '106751991168d' ; '-106751991167d' ; '9223372036854775807ms' ; '9223372036854775808ms' ;
            '-9223372036854775808ms' ; '-9223372036854775809ms' ; '106751991167d7h12m55s807ms' ;
            '106751991167d7h12m55s808ms' ; '-106751991167d7h12m55s808ms' ; '-106751991167d7h12m55s809ms' ;
            '1m1ms' ; '1ms1m' ; '99999999999999999999d' ; '0d0h0m0s0ms' ; '1h-1m' ; '2562047788015h' ;
            '2562047788016h' ; '153722867280912m' ; '153722867280913m' ; '9223372036854775s' ;
            '9223372036854776s' ; '1m1s' ; '1m1m' ; '\u0661s'""");
    private static final List<String> DECIMALS = texts("""
            '0.0' ; '-0.0' ; '0.5' ; '-0.5' ; '00.50' ; '1.0000' ; '1.00000' ; '1.' ; '.1' ; '1' ; '-1.5' ;
            '+1.5' ; '--1.5' ; '1.-5' ; '' ; '.' ; '-.5' ; '1.2.3' ; ' 1.0' ; '1.0 ' ; '1e3' ;
            '922337203685477.5807' ; '922337203685477.5808' ; '-922337203685477.5808' ; '-922337203685477.5809' ;
            '9223372036854775807.0' ; '99999999999999999999.0' ; '000000000000000000000000000001.5' ; '1.\u0661' ;
            '0.0001' ; '0.00010'""");
    private static final List<String> ADDRESSES = texts("""
            '0.0.0.0' ; '255.255.255.255' ; '256.0.0.0' ; '1.2.3' ; '1.2.3.4.5' ; '01.2.3.4' ; '1.2.3.04' ;
            '1.2.3.4/0' ; '1.2.3.4/32' ; '1.2.3.4/33' ; '1.2.3.4/08' ; '1.2.3.4/' ; '1.2.3.4/-1' ; '1.2.3.4/+1' ;
            '/8' ; '' ; 'a.b.c.d' ; '127.0.0.1' ; '127.0.0.1/7' ; '127.0.0.1/8' ; '128.0.0.1/8' ;
            '126.255.255.255' ; '224.0.0.1' ; '224.0.0.1/3' ; '224.0.0.1/4' ; '239.255.255.255' ; '240.0.0.1' ;
            '223.255.255.255' ; '::' ; '::1' ; '::1/127' ; '::1/128' ; '::2' ; '::1/129' ; '::1/0128' ; '1::' ;
            '1:2:3:4:5:6:7:8' ; '1:2:3:4:5:6:7' ; '1:2:3:4:5:6:7:8:9' ; '1:2:3:4:5:6:7::' ; '1:2:3:4:5:6:7:8::' ;
            '::2:3:4:5:6:7:8' ; '::1:2:3:4:5:6:7:8' ; '1::2::3' ; ':::' ; ':1' ; '1:' ; 'ff00::' ; 'ff00::/7' ;
            'ff00::/8' ; 'fe00::' ; 'ffff::1' ; 'fF00::' ; '12345::' ; 'g::' ; '::ffff:1.2.3.4' ; 'fe80::1%eth0' ;
            '[::1]' ; '10.0.0.0/8' ; '10.0.0.0/9' ; '10.128.0.0/9' ; '10.0.0.0/7' ; '11.0.0.0/8' ;
            '2001:db8::/32' ; '2001:db8:1::/48' ; '2001:db8:8000::/33' ; '2001:db9::/32' ; '::/0' ; '::1/0' ;
            '0.0.0.0/0' ; '0000:0000:0000:0000:0000:0000:0000:0001' ; '00001::' ; '\u0661.2.3.4' ;
            '1:2:3:4::5:6:7:8'""");

    private static final List<String> PATTERNS = texts("""
            '' ; '*' ; '**' ; 'a' ; 'a*' ; '*a' ; '*a*' ; 'a*b' ; 'a\\*b' ; '*\\**' ; 'a**b' ; '*ab*ab*' ; 'A' ;
            '\\u{1F600}' ; '*b*a*' ; 'ab*' ; '*é' ; 'aa*aa'""");
    private static final List<String> SUBJECTS = texts("""
            '' ; 'a' ; 'b' ; 'ab' ; 'ba' ; 'aa' ; 'aaa' ; 'aaaa' ; 'abab' ; 'aXb' ; 'a*b' ; '*' ; 'A' ;
            '\\u{1F600}' ; 'é' ; 'xé' ; 'aXbXaXb'""");

    private static List<String> items(String block) {
        return List.of(block.split("\\s*;\\s+"));
    }

    /// Items in single quotes, which stay out: some are empty or have spaces around them.
    private static List<String> texts(String block) {
        return items(block).stream()
                .map(item -> item.substring(1, item.length() - 1))
                .toList();
    }

    /// Combinations so many that a short run takes every so many of them; the others it takes all.
    private final List<String> bulk = new ArrayList<>();

    private final List<String> core = new ArrayList<>();

    EdgeExpressions() {
        operators();
        arithmetic();
        accesses();
        extensions();
        OPERANDS.forEach(this::conditionals);
        for (String subject : SUBJECTS) {
            PATTERNS.forEach(pattern -> add("\"%s\" like \"%s\"", subject, pattern));
        }
    }

    /// Everything, or everything but most of the bulk.
    List<String> all(int step) {
        List<String> all = new ArrayList<>(core);
        for (int at = 0; at < bulk.size(); at += step) {
            all.add(bulk.get(at));
        }
        return all;
    }

    @FormatMethod
    private void bulk(String format, Object... parts) {
        bulk.add(String.format(format, parts));
    }

    @FormatMethod
    private void add(String format, Object... parts) {
        core.add(String.format(format, parts));
    }

    private void operators() {
        for (String left : OPERANDS) {
            for (String right : OPERANDS) {
                add("(%s) in (%s)", left, right);
                add("(%s).containsAll(%s)", left, right);
                OPERATORS.forEach(operator -> bulk("(%s) %s (%s)", left, operator, right));
                METHODS.forEach(method -> bulk("(%s).%s(%s)", left, method, right));
            }
            TESTS.forEach(test -> add("(%s).%s()", left, test));
            add("!(%s)", left);
            add("(%s) == (%s)", left, left);
        }
    }

    private void arithmetic() {
        for (String left : LONGS) {
            for (String right : LONGS) {
                for (String operator : List.of("+", "-", "*")) {
                    add("(%s) %s (%s) == 1", left, operator, right);
                    add("(%s) %s (%s) < 0", left, operator, right);
                }
            }
            add("-(%s) == -1", left);
            add("-(%s) < 0", left);
            add("-(-(%s)) == (%s)", left, left);
        }
    }

    private void conditionals(String operand) {
        for (String type : List.of("User", "NS::User", "Group", "NS::Group", "Action")) {
            add("(%s) is %s", operand, type);
            add("(%s) is %s in Group::\"g\"", operand, type);
            add("(%s) is %s in 1", operand, type);
        }
        for (String name : List.of("x", "n", "absent")) {
            add("(%s) has %s", operand, name);
            add("(%s) has %s.y", operand, name);
            add("(%s).%s == 1", operand, name);
        }
        add("if (%s) then true else false", operand);
        add("if true then (%s) else 1", operand);
        add("(if false then 1 else (%s)) == 1", operand);
        add("(%s).getTag(\"t\") == \"v\"", operand);
        add("(%s) like \"a*\"", operand);
        add("[(%s), 1].contains(1)", operand);
        add("{\"k\": (%s)} == {\"k\": 1}", operand);
    }

    private void accesses() {
        for (String entity : List.of("principal", "resource", "context.e", "context.gone", "User::\"a\"")) {
            for (String key : List.of("\"t\"", "\"n\"", "\"absent\"", "\"\"", "1", "context.s", "context.absent")) {
                add("%s.hasTag(%s)", entity, key);
                add("%s.getTag(%s) == \"v\"", entity, key);
            }
            for (String path : List.of("r.x.y", "r.x", "r.z.y", "n.x", "e.n", "r")) {
                add("%s has %s", entity, path);
                add("%s.%s == 2", entity, path);
            }
        }
        for (String path : List.of("r.x.y", "r.x.z", "e.n", "gone.n", "s.x", "absent.x", "r.unmentioned", "ss.x")) {
            add("context has %s", path);
            add("context.%s == 2", path);
        }
    }

    private void extensions() {
        List<String> spans =
                SPANS.stream().map(text -> "duration(\"" + text + "\")").toList();
        List<String> times =
                TIMES.stream().map(text -> "datetime(\"" + text + "\")").toList();
        for (String span : spans) {
            for (String method : List.of("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays")) {
                for (String constant : List.of("0", "1", "-1", "9223372036854775807", "-106751991167")) {
                    add("%s.%s() == %s", span, method, constant);
                }
            }
            for (String time : List.of("1970-01-01", "9999-12-31", "0000-01-01", "1969-12-31T23:59:59.999Z")) {
                String moved = "datetime(\"" + time + "\").offset(" + span + ")";
                add("%s < datetime(\"1970-01-01\")", moved);
                add("%s.toDate() == datetime(\"1969-12-31\")", moved);
                add("%s.toTime() < duration(\"12h\")", moved);
                add("%s.toDate().offset(%s.toTime()) == %s", moved, moved, moved);
                add("%s.durationSince(datetime(\"2024-02-29\")) < duration(\"0s\")", moved);
            }
        }
        for (String time : times) {
            times.forEach(other -> bulk("%s <= %s", time, other));
            add("%s.toDate() == %s", time, time);
            add("%s.toTime() == duration(\"0s\")", time);
        }
        for (String decimal : DECIMALS) {
            for (String method : METHODS.subList(4, METHODS.size())) {
                DECIMALS.forEach(other -> bulk("decimal(\"%s\").%s(decimal(\"%s\"))", decimal, method, other));
            }
        }
        for (String ip : ADDRESSES) {
            ADDRESSES.forEach(other -> bulk("ip(\"%s\").isInRange(ip(\"%s\"))", ip, other));
            TESTS.subList(1, TESTS.size()).forEach(test -> add("ip(\"%s\").%s()", ip, test));
        }
        add("decimal(\"1.0\").lessThan()");
        add("decimal(\"1.0\", 1).lessThan(decimal(\"2.0\"))");
        add("ip(\"::1\").isIpv6(1)");
        add("datetime(\"1970-01-01\").offset() == 1");
        add("true || duration(\"1s\").toDays(1) == 1");
        add("duration() == 1");
    }
}
