// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// Decides what a row of digits is: by check digits first, then by form and by the words around it.
final class Numbers {
    private static final int CONTEXT = 32;
    private static final int CARD_MIN = 12;
    private static final int CARD_MAX = 19;
    private static final int SSN_DIGITS = 9;
    private static final int PASSPORT_MIN = 6;
    private static final List<String> PASSPORT =
            List.of("passport", "reisepass", "passeport", "pasaporte", "passaporto", "passnummer");
    private static final List<String> SSN = List.of("ssn", "social security", "soc sec", "social #", "ss#", "ss #");
    private static final List<String> NOT_CARD =
            List.of("tracking", "order", "invoice", "imei", "serial", "sku", "isbn", "ean");

    private Numbers() {}

    /// `first` is the first digit of a row. Returns the index from which to look on.
    static int look(String text, int first, List<Finding> found) {
        int iban = first >= 2 && Character.isUpperCase(text.charAt(first - 1)) ? CheckDigits.iban(text, first - 2) : -1;
        if (iban > 0) {
            found.add(new Finding(Kind.IBAN, first - 2, iban, "iban"));
            return iban;
        }
        int dated = date(text, first, found);
        if (dated > 0) {
            return dated;
        }
        int passport = passport(text, first, found);
        if (passport > 0) {
            return passport;
        }
        if (first > 0
                && (Around.isWord(text.charAt(first - 1)) || "$€£#=%".indexOf(text.charAt(first - 1)) >= 0)
                && !(text.charAt(first - 1) == 's' && text.startsWith(" is", Math.max(0, first - 3)))) {
            return run(text, first);
        }
        boolean joined = first > 1 && text.charAt(first - 1) == '-' && Around.isWord(text.charAt(first - 2));
        int address = Networks.four(text, first);
        if (address > 0) {
            found.add(new Finding(Kind.IP, first, address, "ipv4"));
            return address;
        }
        Digits row = Digits.at(text, first);
        int end = card(row, found);
        end = end > 0 ? end : social(row, found);
        end = end > 0 ? end : nationalId(row, found);
        end = end > 0 || joined ? end : Phones.look(row, found);
        return end > 0 ? end : run(text, first);
    }

    private static int run(String text, int first) {
        int end = first;
        while (end < text.length() && Around.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int date(String text, int first, List<Finding> found) {
        if (first > 0 && (Around.isLatin(text.charAt(first - 1)) || text.charAt(first - 1) == '-')) {
            return -1;
        }
        int end = Dates.numeric(text, first);
        if (end > 0) {
            if (Dates.isBirth(text, first)) {
                found.add(new Finding(Kind.DATE_OF_BIRTH, first, end, "date-of-birth"));
            }
            return end;
        }
        int[] written = Dates.written(text, first);
        if (written.length == 2 && Dates.isBirth(text, written[0])) {
            found.add(new Finding(Kind.DATE_OF_BIRTH, written[0], written[1], "date-of-birth"));
            return written[1];
        }
        return -1;
    }

    private static int passport(String text, int first, List<Finding> found) {
        int start = first;
        while (start > 0 && first - start < 2 && Character.isUpperCase(text.charAt(start - 1))) {
            start--;
        }
        if (Around.wordAt(text, start - 1) || !Around.holds(Around.before(text, start, CONTEXT), PASSPORT)) {
            return -1;
        }
        int end = first;
        while (end < text.length() && (Around.isDigit(text.charAt(end)) || Character.isUpperCase(text.charAt(end)))) {
            end++;
        }
        if (end - start < PASSPORT_MIN || end - start > SSN_DIGITS || Around.wordAt(text, end)) {
            return -1;
        }
        found.add(new Finding(Kind.PASSPORT, start, end, "passport"));
        return end;
    }

    private static int card(Digits row, List<Finding> found) {
        String before = "";
        for (int count = row.groups().size(); count > 0; count--) {
            String digits = row.digits(count);
            if (digits.length() < CARD_MIN
                    || digits.length() > CARD_MAX
                    || ("13456".indexOf(digits.charAt(0)) < 0
                            && !digits.startsWith("22")
                            && !digits.startsWith("27"))) {
                continue;
            }
            boolean grouped = count == 1 || (evenly(row, count) && !Phones.runsOn(row.text(), row.start()));
            if (!grouped
                    || Around.wordAt(row.text(), row.end(count))
                    || !CheckDigits.luhn(digits)
                    || digits.chars().distinct().count() < 2) {
                continue;
            }
            before = before.isEmpty() ? Around.before(row.text(), row.start(), CONTEXT) : before;
            boolean named = before.contains("card") || before.contains("visa");
            if (named || (digits.length() != CARD_MIN && digits.charAt(0) != '1' && !Around.holds(before, NOT_CARD))) {
                found.add(new Finding(Kind.CREDIT_CARD, row.groups().getFirst().start(), row.end(count), "card"));
                return row.end(count);
            }
        }
        return -1;
    }

    private static boolean evenly(Digits row, int count) {
        for (int group = 0; group + 1 < count; group++) {
            boolean sign = row.between(group) == ' ' || row.between(group) == '-';
            if (!sign
                    || row.between(group) != row.between(0)
                    || row.groups().get(group).length() < 4) {
                return false;
            }
        }
        return true;
    }

    private static int social(Digits row, List<Finding> found) {
        boolean written = row.pattern().startsWith("3-2-4") || row.pattern().startsWith("3 2 4");
        boolean halves = row.pattern().startsWith("3-6") || row.pattern().startsWith("5-4");
        boolean plain = row.groups().getFirst().length() == SSN_DIGITS;
        int count = written ? 3 : halves ? 2 : 1;
        String digits = row.digits(Math.min(count, row.groups().size()));
        if ((!written && !halves && !plain)
                || digits.length() != SSN_DIGITS
                || Around.wordAt(row.text(), row.end(count))) {
            return -1;
        }
        boolean valid = !digits.startsWith("000")
                && !digits.startsWith("666")
                && digits.charAt(0) != '9'
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000")
                && digits.chars().distinct().count() > 1;
        boolean named = Around.holds(Around.before(row.text(), row.start(), CONTEXT), SSN);
        if (!valid || (!named && !written && !halves)) {
            return -1;
        }
        found.add(new Finding(Kind.US_SSN, row.groups().getFirst().start(), row.end(count), "us-ssn"));
        return row.end(count);
    }

    private static int nationalId(Digits row, List<Finding> found) {
        int start = row.groups().getFirst().start();
        int end = row.end(1);
        String text = row.text();
        if (row.groups().getFirst().length() == 8
                && end < text.length()
                && Character.isUpperCase(text.charAt(end))
                && !Around.wordAt(text, end + 1)
                && CheckDigits.dni(Integer.parseInt(row.digits(1)), text.charAt(end))) {
            found.add(new Finding(Kind.NATIONAL_ID, start, end + 1, "es-dni"));
            return end + 1;
        }
        if (row.pattern().startsWith("3.3.3-2") && CheckDigits.cpf(row.digits(4))) {
            found.add(new Finding(Kind.NATIONAL_ID, start, row.end(4), "br-cpf"));
            return row.end(4);
        }
        return -1;
    }
}
