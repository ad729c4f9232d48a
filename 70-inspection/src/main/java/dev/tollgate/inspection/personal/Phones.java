// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// Phone numbers: E.164 and the North American plan by their form, others by the words around them or by
/// standing alone in a line, as they do in signatures.
final class Phones {
    private static final int CONTEXT = 28;
    private static final int AFTER = 12;
    private static final int DIGITS_MIN = 7;
    private static final int DIGITS_MAX = 15;
    private static final List<String> WORDS = List.of(
            "phone",
            "tel",
            "mobile",
            "cell",
            "call",
            "fax",
            "desk",
            "whatsapp",
            "reach",
            "sms",
            "text me",
            "text to",
            "handy",
            "number is",
            "number was",
            "contact",
            "office",
            "answering at",
            "messages to",
            "ring",
            "móvil",
            "téléph",
            "teléf",
            "rufnummer",
            "dial",
            "hotline",
            "\nm:",
            "\nt:",
            "mob.",
            "ph:",
            "ph.",
            "_: ");
    private static final List<String> BEHIND = List.of("office", "fax", "mobile", "-office", "-fax", "home", "cell");
    private static final List<String> OTHERS = List.of(
            "order",
            "invoice",
            "tracking",
            "sku",
            "case",
            "ticket",
            "ref",
            "account",
            "card",
            "passport",
            "iban",
            "error",
            "code",
            "zip",
            "id ",
            "id:",
            "serial",
            "policy",
            "version",
            "po-",
            "isbn",
            "$");

    private Phones() {}

    /// Returns the index after the number, or -1.
    static int look(Digits row, List<Finding> found) {
        int count = row.groups().size();
        while (count > 0) {
            int length = row.digits(count).length();
            boolean joined = count == 1
                    || Math.abs(row.between(count - 2)) != 0
                    || row.text().charAt(row.groups().get(count - 1).start() - 1) != ' ';
            if (length <= DIGITS_MAX && joined) {
                break;
            }
            count--;
        }
        if (count == 0 || row.digits(count).length() < DIGITS_MIN) {
            return -1;
        }
        String text = row.text();
        int end = row.end(count);
        if ((Around.wordAt(text, end) && text.charAt(end) != 'x')
                || (end < text.length() && "%@_=".indexOf(text.charAt(end)) >= 0)) {
            return -1;
        }
        if (isPhone(row, count)) {
            int stop = extension(text, end);
            found.add(new Finding(Kind.PHONE, row.start(), stop, "phone"));
            return stop;
        }
        return -1;
    }

    private static boolean isPhone(Digits row, int count) {
        String text = row.text();
        int start = row.start();
        String pattern = row.pattern();
        String digits = row.digits(count);
        boolean international = text.charAt(start) == '+'
                || (start > 0 && text.charAt(start - 1) == '+')
                || (digits.startsWith("001") && count > 2)
                || (digits.startsWith("00")
                        && digits.charAt(2) != '0'
                        && (start < 2 || !Character.isUpperCase(text.charAt(start - 2)))
                        && digits.length() > 10
                        && count > 1
                        && !runsOn(text, start));
        String before = Around.before(text, start, CONTEXT);
        int line = before.lastIndexOf('\n');
        boolean named = Around.holds(before, WORDS) || Around.holds(Around.after(text, row.end(count), AFTER), BEHIND);
        boolean other = Around.holds(before.substring(line + 1), OTHERS)
                && !Around.holds(before.substring(line + 1), List.of("phone", "tel", "call", "mobile"));
        if (international) {
            return true;
        }
        if (text.substring(start, row.end(count)).indexOf('/') >= 0 && !named) {
            return false;
        }
        boolean american = pattern.matches("(1[- .~])?3[-.~ ]{1}3[-. ]4.*")
                && (pattern.indexOf(' ') < 0 || text.charAt(start) == '(')
                && count <= 4
                && digits.charAt(0) != '0';
        if (american) {
            return !other || named;
        }
        if (named) {
            return !other;
        }
        boolean aloneBefore = start == 0 || text.charAt(start - 1) == '\n';
        int end = row.end(count);
        boolean alone = aloneBefore && (end == text.length() || "\n\\-x".indexOf(text.charAt(end)) >= 0);
        return alone
                && digits.length() >= 8
                && digits.length() <= 12
                && (count >= 3 || digits.charAt(0) == '0' || (count == 1 && digits.length() == 10));
    }

    /// Whether it is the rest of letters and digits in groups, as account numbers are.
    static boolean runsOn(String text, int start) {
        return start > 1 && text.charAt(start - 1) == ' ' && Around.isDigit(text.charAt(start - 2));
    }

    private static int extension(String text, int end) {
        int at = end;
        if (at < text.length() && text.charAt(at) == ')') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == 'x') {
            int stop = at + 1;
            while (stop < text.length() && stop - at < 7 && Around.isDigit(text.charAt(stop))) {
                stop++;
            }
            return stop > at + 1 ? stop : end;
        }
        return end;
    }
}
