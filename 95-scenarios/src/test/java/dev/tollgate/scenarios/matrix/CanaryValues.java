// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values that stand nowhere else, one for each field, so that seeing one says which cell leaked. No mask of any format
/// shows enough of one to be taken for it.
final class CanaryValues {
    /// How long before `now` the records changed: inside every window.
    private static final int AGE_HOURS = 5;

    private static final Pattern MARK = Pattern.compile("cnry[0-9a-z]+");

    private final Instant now;
    private int serial = 1;

    /// One value.
    ///
    /// @param stored what a CRM keeps; a decimal as its ten-thousandths
    /// @param token  the value as an answer would show it; booleans have none
    record Cell(Object stored, Optional<String> token) {}

    CanaryValues(Instant now) {
        this.now = now;
    }

    /// What a leak of the value would show at least: of a word its mark, which no mask lets through.
    static String needle(String token) {
        Matcher mark = MARK.matcher(token);
        return mark.find() ? mark.group() : token;
    }

    static Cell text(String token) {
        return new Cell(token, Optional.of(token));
    }

    /// The next value for a field.
    Cell next(BundleText.Field field) {
        int number = serial++;
        return switch (field.type()) {
            case "integer" -> whole(number);
            case "decimal" -> decimal(number);
            case "boolean" -> new Cell(true, Optional.empty());
            case "date" -> date(number);
            case "moment" -> moment(number);
            case "text", "reference", "list" -> text(word(field, number));
            default -> throw new IllegalStateException("no canary for type " + field.type());
        };
    }

    private static Cell whole(int number) {
        long value = 910_000_000_000L + number * 7_919L;
        return new Cell(value, Optional.of(String.valueOf(value)));
    }

    /// Kept as ten-thousandths, shown without trailing zeros.
    private static Cell decimal(int number) {
        long tenThousandths = 8_100_000_000_000L + number * 99_990_001L;
        long whole = tenThousandths / 10_000;
        long rest = tenThousandths % 10_000;
        String token = whole + "." + "%04d".formatted(rest).replaceAll("0+$", "");
        return new Cell(tenThousandths, Optional.of(token));
    }

    private static Cell date(int number) {
        return text(LocalDate.of(1801, 1, 1).plusDays(number * 17L).toString());
    }

    private Cell moment(int number) {
        Instant at = now.minus(AGE_HOURS, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(number * 997L + 1, ChronoUnit.MICROS);
        return new Cell(at, Optional.of(at.toString()));
    }

    private static String word(BundleText.Field field, int number) {
        String mark = "cnry" + Integer.toString(1_000_000 + number * 7_919, 36);
        boolean mail = field.name().contains("email");
        return mail ? mark + "@mail.example" : "Ax" + mark + "ZZ" + mark + "Xyzw";
    }
}
