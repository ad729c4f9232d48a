// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;
import java.util.Locale;

/// Secrets that are known by where they stand: in a URL, in a header, on a command line, behind a name.
final class Credentials {
    private static final int SCHEME_MAX = 24;
    private static final int USER_MAX = 100;
    private static final int PASSWORD_MAX = 200;
    private static final int URL_MAX = 400;
    private static final int LINE_MAX = 300;
    private static final int VALUE_MIN = 10;
    private static final int VALUE_MAX = 150;
    private static final int HEADER_VALUE_MIN = 8;
    private static final int HEADER_VALUE_MAX = 4_000;
    private static final double DRAWN_BITS = 3.5;

    private static final Letters SCHEME = new Letters("A-Za-z0-9+.:-");
    private static final Letters USER = new Letters("A-Za-z0-9._~%!$&*+,;=-");
    private static final Letters SECRET = new Letters("A-Za-z0-9._~%!$&*+,;=#^?()|-");
    private static final Letters LOGIN = new Letters("A-Za-z0-9._@+{}-");
    private static final Letters TYPED = new Letters("A-Za-z0-9._~%!$&*+,;=#^?()|@{}'\"-");
    private static final Letters HOST = new Letters("A-Za-z0-9.:_[]-");
    private static final Letters REST = new Letters("A-Za-z0-9._~%!$&*+,;=/:?#@\\-");
    private static final Letters VALUE = new Letters("A-Za-z0-9_.=/+-");
    private static final Letters HEADER = new Letters("A-Za-z0-9_.=/+~:@-");
    private static final List<String> SCHEMES = List.of("basic ", "bearer ", "token ", "digest ", "apikey ", "key ");
    private static final List<String> PUBLIC = List.of(
            "id", "public", "name", "path", "size", "len", "url", "uri", "version", "count", "type", "file", "dir",
            "author", "csrf", "class", "field", "keyword", "expir", "limit", "usage", "cancel", "page", "cursor");
    private static final List<String> EXAMPLES = List.of(
            "example",
            "changeme",
            "your",
            "placeholder",
            "undefined",
            "localhost",
            "default",
            "test-",
            "sample",
            "dummy",
            "abcdef",
            "123456789",
            "process.env",
            "os.environ",
            "http",
            "www.",
            ".com",
            ".json",
            "/v1",
            "node_modules");

    private Credentials() {}

    /// `end` is behind `://`.
    static void inUrl(String text, int end, List<Finding> found) {
        int user = USER.run(text, end, USER_MAX);
        if (user >= text.length() || text.charAt(user) != ':') {
            return;
        }
        int password = SECRET.run(text, user + 1, PASSWORD_MAX);
        if (password == user + 1 || password >= text.length() || text.charAt(password) != '@') {
            return;
        }
        if (isPlaceholder(text.substring(user + 1, password))) {
            return;
        }
        int start = end - "://".length();
        int limit = Math.max(0, start - SCHEME_MAX);
        while (start > limit && SCHEME.has(text.charAt(start - 1))) {
            start--;
        }
        int host = HOST.run(text, password + 1, USER_MAX);
        boolean web = text.startsWith("http", start);
        int stop = web ? host : REST.run(text, host, URL_MAX);
        found.add(new Finding(Kind.PASSWORD, start, Math.max(stop, password + 1), "url-password"));
    }

    private static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return List.of("password", "passwd", "pwd", "secret", "xxx", "xxxx", "pw")
                        .contains(lower)
                || lower.startsWith("your")
                || lower.startsWith("replace_")
                || lower.startsWith("$")
                || lower.startsWith("%")
                || Entropy.isFiller(value + "      ", 0, value.length())
                || lower.chars().allMatch(letter -> letter == '*' || letter == 'x' || letter == '.');
    }

    /// `end` is behind the header's name.
    static void inHeader(String text, int end, List<Finding> found) {
        int start = Assignment.value(text, end);
        if (start < 0) {
            return;
        }
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
                start += scheme.length();
                break;
            }
        }
        int stop = HEADER.run(text, start, HEADER_VALUE_MAX);
        if (stop - start < HEADER_VALUE_MIN || Entropy.isFiller(text, start, stop) || !mixed(text, start, stop)) {
            return;
        }
        int from = Math.max(0, start - LINE_MAX);
        String before = text.substring(from, start);
        int curl = before.indexOf("curl ", before.lastIndexOf('\n') + 1);
        found.add(new Finding(Kind.PASSWORD, curl >= 0 ? from + curl : start, stop, "authorization-header"));
    }

    /// `end` is behind `curl `.
    static void onCommandLine(String text, int end, List<Finding> found) {
        int limit = Math.min(text.length(), end + LINE_MAX);
        for (int at = end; at + 1 < limit && text.charAt(at) != '\n'; at++) {
            boolean option = text.startsWith(" -u", at - 1) || text.startsWith(" --user", at - 1);
            if (!option || at == end - 1) {
                continue;
            }
            int name = new Letters("a-z-").run(text, at, "--user".length());
            int value = new Letters(" ='\"").run(text, name, 3);
            int user = LOGIN.run(text, value, USER_MAX);
            if (user < text.length() && text.charAt(user) == ':') {
                int stop = TYPED.run(text, user + 1, PASSWORD_MAX);
                if (stop - user > 3 && !isPlaceholder(text.substring(user + 1, stop))) {
                    found.add(new Finding(Kind.PASSWORD, end - "curl ".length(), stop, "curl-user"));
                }
            }
            return;
        }
    }

    /// `end` is behind a word like `secret` or `token`.
    static void named(String text, int end, List<Finding> found) {
        int start = Assignment.value(text, end);
        if (start < 0) {
            return;
        }
        int stop = VALUE.run(text, start, VALUE_MAX);
        if (stop - start < VALUE_MIN || stop - start == VALUE_MAX || !mixed(text, start, stop)) {
            return;
        }
        if (stop < text.length()
                && (Letters.ALNUM.has(text.charAt(stop)) || "({[<$@\\".indexOf(text.charAt(stop)) >= 0)) {
            return;
        }
        if (Entropy.bits(text, start, stop) < DRAWN_BITS || Entropy.isFiller(text, start, stop)) {
            return;
        }
        String name = text.substring(Assignment.nameStart(text, end), Assignment.nameEnd(text, end));
        String lower = name.toLowerCase(Locale.ROOT);
        String value = text.substring(start, stop).toLowerCase(Locale.ROOT);
        if (PUBLIC.stream().anyMatch(word -> endsOrHolds(lower, word))
                || EXAMPLES.stream().anyMatch(value::contains)) {
            return;
        }
        found.add(new Finding(Kind.GENERIC_SECRET, start, stop, "named-secret"));
    }

    private static boolean endsOrHolds(String name, String word) {
        return word.length() == 2 ? name.endsWith(word) : name.contains(word);
    }

    /// Letters and digits both: no word of a language.
    private static boolean mixed(String text, int from, int to) {
        boolean digit = false;
        boolean letter = false;
        for (int at = from; at < to; at++) {
            digit |= Character.isDigit(text.charAt(at));
            letter |= Character.isLetter(text.charAt(at));
        }
        return digit && letter;
    }
}
