// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads days as people write them: `2026-11-21`, `21.11.2026`, `11/21/2026`, and months by their names.
final class Days {
    /// The year of a day without one: every day of every year is in it.
    static final int LEAP_YEAR = 2024;

    private static final int YEAR_CHARS = 4;
    private static final int MONTHS = 12;
    private static final int DAYS_MAX = 31;
    private static final int SHORT_CHARS = 3;

    /// January to December in English, German, French, Spanish and Italian; English ones also by three letters.
    private static final List<List<String>> NAMES = List.of(
            List.of("january", "januar", "janvier", "enero", "gennaio"),
            List.of("february", "februar", "février", "febrero", "febbraio"),
            List.of("march", "märz", "mars", "marzo"),
            List.of("april", "avril", "abril", "aprile"),
            List.of("may", "mai", "mayo", "maggio"),
            List.of("june", "juni", "juin", "junio", "giugno"),
            List.of("july", "juli", "juillet", "julio", "luglio"),
            List.of("august", "août", "agosto"),
            List.of("september", "septembre", "septiembre", "settembre"),
            List.of("october", "oktober", "octobre", "octubre", "ottobre"),
            List.of("november", "novembre", "noviembre"),
            List.of("december", "dezember", "décembre", "diciembre", "dicembre"));

    private static final Map<String, Integer> MONTH = months();

    private Days() {}

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (int month = 0; month < NAMES.size(); month++) {
            for (String name : NAMES.get(month)) {
                months.put(name, month + 1);
            }
            months.put(NAMES.get(month).getFirst().substring(0, SHORT_CHARS), month + 1);
        }
        return Map.copyOf(months);
    }

    static Optional<Integer> month(String word) {
        return Optional.ofNullable(MONTH.get(word.toLowerCase(Locale.ROOT)));
    }

    /// `21`, `21st`.
    static Optional<Integer> ofMonth(String token) {
        String digits = token.length() > 2 ? token.replaceFirst("(?i)(st|nd|rd|th)$", "") : token;
        return number(digits, 2).filter(day -> day >= 1 && day <= DAYS_MAX);
    }

    static Optional<Integer> year(String token) {
        return token.length() == YEAR_CHARS ? number(token, YEAR_CHARS).filter(year -> year > 1_900) : Optional.empty();
    }

    private static Optional<Integer> number(String digits, int charsMax) {
        boolean number = !digits.isEmpty()
                && digits.length() <= charsMax
                && digits.chars().allMatch(letter -> letter >= '0' && letter <= '9');
        return number ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    static Optional<LocalDate> of(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// A day in one token. `3/4/2026` is the third of April where that is a day: who means the other one is asked.
    static Optional<LocalDate> written(String token) {
        if (token.length() < 8 || token.length() > 10) {
            return Optional.empty();
        }
        String[] parts = token.split("[-./]", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        Optional<Integer> front = year(parts[0]);
        Optional<Integer> back = year(parts[2]);
        Optional<Integer> middle = number(parts[1], 2);
        Optional<Integer> first = number(parts[0], 2);
        Optional<Integer> last = number(parts[2], 2);
        if (front.isPresent() && middle.isPresent() && last.isPresent()) {
            return of(front.get(), middle.get(), last.get());
        }
        if (back.isPresent() && middle.isPresent() && first.isPresent()) {
            return middle.get() <= MONTHS
                    ? of(back.get(), middle.get(), first.get())
                    : of(back.get(), first.get(), middle.get());
        }
        return Optional.empty();
    }
}
