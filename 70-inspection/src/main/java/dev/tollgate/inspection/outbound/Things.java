// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.terms.ValueHandle;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a text names: numbers, days, ids and names. Each is written in one way, so that what a message says can be
/// compared with what a flow was shown, however either of them writes it.
final class Things {
    /// What kind of thing it is.
    enum Kind {
        NUMBER,
        DAY,
        ID,
        /// A word that begins with a capital.
        WORD
    }

    /// One thing.
    ///
    /// @param plain how it is compared: `amount 1250p5`, `day 2026-11-21`, `id so1042`, `word platinum`
    /// @param doubt whether a message that says it needs grounds: an amount of money does, `two days` does not
    record Thing(Kind kind, int start, int end, String plain, boolean doubt) {
        /// The day that it is, when it is one of a year.
        Optional<LocalDate> day() {
            return kind == Kind.DAY && !plain.startsWith(DAY_OF_YEAR)
                    ? Optional.of(LocalDate.parse(plain.substring(DAY.length())))
                    : Optional.empty();
        }
    }

    /// A longer token is no number and no name.
    private static final int TOKEN_CHARS_MAX = 64;

    /// A shorter one is a size or a grade: `B2B`, `4K`.
    private static final int ID_CHARS_MIN = 4;

    private static final int ID_DIGITS_MIN = 2;

    /// Letters behind a number that make a unit of them: `48hrs`, `21st`.
    private static final int UNIT_CHARS_MAX = 3;

    /// A number of so many digits counts nothing: it names something.
    private static final int NAMING_DIGITS = 5;

    private static final Set<String> NAMED = Set.of(
            "order",
            "case",
            "ticket",
            "invoice",
            "number",
            "no",
            "nr",
            "reference",
            "contract",
            "bestellung",
            "rechnung",
            "commande",
            "facture",
            "pedido",
            "factura",
            "ordine",
            "fattura");
    private static final int HANDLE_CHARS = ValueHandle.PREFIX.length() + 24;
    private static final String DAY = "day ";
    private static final String DAY_OF_YEAR = "day of year ";
    private static final String JOINTS = "-_/.,'";

    private final String text;
    private final List<Thing> found = new ArrayList<>();

    private Things(String text) {
        this.text = text;
    }

    /// Everything that a text names, in the order of its places.
    static List<Thing> in(String text) {
        Things things = new Things(text);
        List<int[]> tokens = things.tokens();
        for (int at = 0; at < tokens.size(); at++) {
            int taken = things.written(tokens, at);
            if (taken == 0) {
                things.token(tokens, at);
            }
            at += Math.max(0, taken - 1);
        }
        return things.found;
    }

    /// How a day is compared.
    static String day(LocalDate day) {
        return DAY + day;
    }

    /// How a day is compared that somebody writes without its year.
    static String dayOfYear(LocalDate day) {
        return DAY_OF_YEAR + day.getMonthValue() + " " + day.getDayOfMonth();
    }

    private List<int[]> tokens() {
        List<int[]> tokens = new ArrayList<>();
        BitSet handles = handles(text);
        int at = 0;
        while (at < text.length()) {
            if (handles.get(at)) {
                at = handles.nextClearBit(at);
                continue;
            }
            if (!Character.isLetterOrDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || joint(end))) {
                end++;
            }
            tokens.add(new int[] {at, end});
            at = end;
        }
        return tokens;
    }

    /// Where handles stand: they name nothing to whoever reads them.
    static BitSet handles(String text) {
        BitSet handles = new BitSet();
        int at = text.indexOf(ValueHandle.PREFIX);
        while (at >= 0) {
            int end = at + HANDLE_CHARS;
            if (end <= text.length() && ValueHandle.of(text.substring(at, end)).isPresent()) {
                handles.set(at, end);
            }
            at = text.indexOf(ValueHandle.PREFIX, at + 1);
        }
        return handles;
    }

    /// A sign between two letters or digits of one token.
    private boolean joint(int at) {
        return JOINTS.indexOf(text.charAt(at)) >= 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private String token(int[] token) {
        return text.substring(token[0], token[1]);
    }

    /// A day in words, `21 November 2026` or `November 21`. How many tokens it takes; 0 when there is none.
    private int written(List<int[]> tokens, int at) {
        if (at + 1 >= tokens.size()) {
            return 0;
        }
        String one = token(tokens.get(at));
        String two = token(tokens.get(at + 1));
        Optional<Integer> month = Days.month(two).filter(_ -> Days.ofMonth(one).isPresent());
        Optional<Integer> day = Days.ofMonth(one);
        if (month.isEmpty()) {
            month = Days.month(one).filter(_ -> Days.ofMonth(two).isPresent());
            day = Days.ofMonth(two);
        }
        if (month.isEmpty() || day.isEmpty()) {
            return 0;
        }
        Optional<Integer> year = at + 2 < tokens.size() ? Days.year(token(tokens.get(at + 2))) : Optional.empty();
        Optional<LocalDate> whole = Days.of(year.orElse(Days.LEAP_YEAR), month.get(), day.get());
        if (whole.isEmpty()) {
            return 0;
        }
        int taken = year.isPresent() ? 3 : 2;
        String plain = year.isPresent() ? day(whole.get()) : dayOfYear(whole.get());
        found.add(new Thing(Kind.DAY, tokens.get(at)[0], tokens.get(at + taken - 1)[1], plain, true));
        return taken;
    }

    private void token(List<int[]> tokens, int at) {
        int start = tokens.get(at)[0];
        int end = tokens.get(at)[1];
        if (end - start > TOKEN_CHARS_MAX) {
            return;
        }
        String token = text.substring(start, end);
        Optional<LocalDate> day = Days.written(token);
        int digits = (int) token.chars().filter(Things::digit).count();
        int letters = (int) token.chars().filter(Character::isLetter).count();
        if (day.isPresent()) {
            found.add(new Thing(Kind.DAY, start, end, day(day.get()), true));
        } else if (digits == 0) {
            word(token, start, end);
        } else if (letters == 0) {
            number(tokens, at, token, digits);
        } else {
            mixed(token, start, end, digits, letters);
        }
    }

    private static boolean digit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /// A token may join two names: `Rhein-Main`.
    private void word(String token, int start, int end) {
        if (Character.isUpperCase(token.charAt(0)) && end - start > 1) {
            found.add(new Thing(Kind.WORD, start, end, "word " + token.toLowerCase(Locale.ROOT), true));
        }
    }

    private void number(List<int[]> tokens, int at, String token, int digits) {
        int start = tokens.get(at)[0];
        int end = tokens.get(at)[1];
        boolean whole =
                token.chars().allMatch(letter -> digit(letter) || letter == '.' || letter == ',' || letter == '\'');
        if (!whole) {
            // `24/7` counts nothing; `4711-22` names something
            if (digits >= NAMING_DIGITS) {
                found.add(new Thing(Kind.ID, start, end, "id " + Letters.bare(token), true));
            }
            return;
        }
        boolean counted = Money.priced(text, start, end) || Money.share(text, end);
        boolean named = at > 0
                && digits >= ID_DIGITS_MIN
                && NAMED.contains(token(tokens.get(at - 1)).toLowerCase(Locale.ROOT));
        boolean marked = start > 0 && text.charAt(start - 1) == '#';
        found.add(new Thing(
                Kind.NUMBER,
                start,
                end,
                Money.amount(Money.decimal(token)),
                counted || named || marked || digits >= NAMING_DIGITS));
    }

    private void mixed(String token, int start, int end, int digits, int letters) {
        int front = 0;
        while (front < token.length() && !Character.isLetter(token.charAt(front))) {
            front++;
        }
        boolean unit = front > 0 && letters <= UNIT_CHARS_MAX && front + letters == token.length();
        Optional<LocalDate> moment =
                front == 10 && token.charAt(front) == 'T' ? Days.written(token.substring(0, front)) : Optional.empty();
        if (moment.isPresent()) {
            found.add(new Thing(Kind.DAY, start, start + front, day(moment.get()), true));
        } else if (unit) {
            String number = token.substring(0, front);
            if (number.chars().allMatch(letter -> digit(letter) || letter == '.' || letter == ',')) {
                boolean money = Money.CURRENCIES.contains(token.substring(front).toUpperCase(Locale.ROOT));
                found.add(new Thing(Kind.NUMBER, start, start + front, Money.amount(Money.decimal(number)), money));
            }
        } else if (digits >= ID_DIGITS_MIN && digits + letters >= ID_CHARS_MIN) {
            found.add(new Thing(Kind.ID, start, end, "id " + Letters.bare(token), true));
            numbers(token, start);
        }
    }

    /// The numbers of an id, by which people call it: `case 77310`.
    private void numbers(String token, int start) {
        int at = 0;
        while (at < token.length()) {
            int end = at;
            while (end < token.length() && digit(token.charAt(end))) {
                end++;
            }
            if (end - at >= ID_CHARS_MIN) {
                String plain = Money.amount(new BigDecimal(token.substring(at, end)));
                found.add(new Thing(Kind.NUMBER, start + at, start + end, plain, false));
            }
            at = Math.max(end, at + 1);
        }
    }
}
