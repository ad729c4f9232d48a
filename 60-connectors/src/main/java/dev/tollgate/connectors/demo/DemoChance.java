// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Draws what is drawn. Everything follows from the seed and the given moment: two loads of one moment are equal.
final class DemoChance {
    private static final int FRESH_DAYS = 80;
    private static final int OLD_DAYS = 700;

    private final RandomGenerator random;
    private final Instant now;
    private final LocalDate today;

    DemoChance(long seed, Instant now) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.now = now.truncatedTo(ChronoUnit.HOURS);
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    RandomGenerator random() {
        return random;
    }

    <T> T pick(List<T> words) {
        return words.get(random.nextInt(words.size()));
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /// A moment that many days ago, at some minute of the day.
    Instant ago(int days) {
        return now.minus(days, ChronoUnit.DAYS).minus(random.nextInt(1_440), ChronoUnit.MINUTES);
    }

    /// When a record last changed: three of four inside the last 80 days, one far outside any 90-day window.
    int daysAgo() {
        return random.nextInt(4) == 0 ? between(100, OLD_DAYS) : between(0, FRESH_DAYS);
    }

    /// A day that many days from today, as it is kept.
    String day(int fromToday) {
        return today.plusDays(fromToday).toString();
    }

    /// An amount as it is kept: ten-thousandths.
    long money(int unitsLeast, int unitsMost) {
        return between(unitsLeast, unitsMost) * 10_000L + between(0, 99) * 100L;
    }

    String person() {
        return pick(DemoWords.GIVEN) + " " + pick(DemoWords.FAMILY);
    }

    String phone(String country) {
        String prefix = switch (country) {
            case "US" -> "+1 555 01";
            case "GB" -> "+44 20 7946 0";
            case "JP" -> "+81 3 5550 0";
            default -> "+49 30 23125 ";
        };
        return prefix + between(100, 999) + " " + between(10, 99);
    }

    String address(String city) {
        return between(1, 180) + " " + pick(DemoWords.STREET) + ", " + city;
    }

    /// An account number with right check digits (ISO 13616), so that whoever looks for them finds them.
    String iban(String country) {
        // Long.toString and a cut leading 1: a formatter costs more than the rest of a row.
        String digits = Long.toString(1_000_000_000_000_000_000L + random.nextLong(1_000_000_000_000_000_000L))
                .substring(1);
        String moved = digits + code(country.charAt(0)) + code(country.charAt(1)) + "00";
        int check = 98 - remainder(moved);
        return country + (check < 10 ? "0" : "") + check + digits;
    }

    private static int remainder(String digits) {
        int remainder = 0;
        for (int at = 0; at < digits.length(); at++) {
            remainder = (remainder * 10 + digits.charAt(at) - '0') % 97;
        }
        return remainder;
    }

    private static int code(char letter) {
        return letter - 'A' + 10;
    }

    static String id(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix + "_" + "000000".substring(Math.min(6, digits.length())) + digits;
    }

    /// A list as it is kept.
    static String lines(List<String> items) {
        return String.join("\n", items);
    }
}
